#include "engine/bpmn/internal/encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/bpmn/internal/findings.h"
#include "engine/bpmn/internal/lines.h"

namespace draad::bpmn::internal {

namespace {

using namespace std::string_view_literals;

// What windows-1252 has at 0x80..0x9f; the five it leaves open keep their number.
constexpr std::array<char16_t, 32> kWindows1252 = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                                   0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

constexpr char32_t kBroken = 0xffffffff;

std::string upper(std::string_view text) {
  std::string upper;
  for (const char c : text) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return upper;
}

// The encoding that an ASCII-compatible XML declaration names; empty: none.
std::string_view declared_encoding(std::string_view bytes) {
  constexpr std::string_view kSpace = " \t\r\n";
  constexpr std::size_t kDeclarationMax = 1024;
  if (!bytes.starts_with("<?xml"sv) || bytes.size() < 6 || kSpace.find(bytes[5]) == std::string_view::npos) return {};
  std::string_view rest = bytes.substr(5, std::min(bytes.find("?>"), kDeclarationMax) - 5);
  const auto skip_space = [&] { rest.remove_prefix(std::min(rest.find_first_not_of(kSpace), rest.size())); };
  while (true) {
    skip_space();
    const std::string_view name = rest.substr(0, rest.find_first_of("= \t\r\n"));
    rest.remove_prefix(name.size());
    skip_space();
    if (!rest.starts_with('=')) return {};
    rest.remove_prefix(1);
    skip_space();
    if (!rest.starts_with('"') && !rest.starts_with('\'')) return {};
    const std::size_t end = rest.find(rest.front(), 1);
    if (end == std::string_view::npos) return {};
    if (name == "encoding") return rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
  }
}

Decoded refuse(std::string_view code, std::string_view text_before, Texts texts) {
  Decoded decoded;
  decoded.fault = finding(code, Severity::fatal, LineCursor(text_before).at(text_before.size()), std::move(texts));
  return decoded;
}

Decoded refuse_encoding(const std::string& name) {
  return refuse(
      "xml_encoding", "",
      {"Dit bestand is geschreven in de tekencodering '" + name +
           "'. Die kan dit programma niet lezen. Wel: UTF-8, UTF-16, ISO-8859-1 en WINDOWS-1252.",
       "Expected one of the encodings UTF-8, UTF-16, ISO-8859-1 and WINDOWS-1252, but the file uses '" + name + "'",
       "Sla het bestand op als UTF-8."});
}

std::string hex(std::uint32_t value, int digits) {
  std::string text;
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) text += "0123456789ABCDEF"[value >> shift & 0xfu];
  return text;
}

Decoded refuse_character(std::string_view text_before, char32_t character) {
  if (character == 0)
    return refuse(
        "xml_malformed", text_before,
        {"In het bestand staat een NUL-teken. Dat mag niet in XML; het bestand is waarschijnlijk beschadigd.",
         "Expected XML text, but found a NUL character", "Bewaar het bestand opnieuw vanuit het tekenprogramma."});
  const std::string name = "U+" + hex(character, character > 0xffff ? 6 : 4);
  return refuse("xml_malformed", text_before,
                {"In het bestand staat het teken " + name + ". Dat mag niet in XML.",
                 "Expected only characters that XML allows, but found " + name, "Verwijder dit teken."});
}

// One character of valid or broken UTF-8.
char32_t utf8_character(std::string_view bytes, std::size_t& offset) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char first = at(offset);
  std::size_t length = 0;
  char32_t character = 0;
  char32_t smallest = 0;
  if (first < 0x80) {
    ++offset;
    return first;
  }
  if (first >= 0xc2 && first <= 0xdf)
    length = 2, character = first & 0x1fu, smallest = 0x80;
  else if (first >= 0xe0 && first <= 0xef)
    length = 3, character = first & 0x0fu, smallest = 0x800;
  else if (first >= 0xf0 && first <= 0xf4)
    length = 4, character = first & 0x07u, smallest = 0x10000;
  if (length == 0 || offset + length > bytes.size()) return kBroken;
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(offset + i) & 0xc0u) != 0x80u) return kBroken;
    character = character << 6 | (at(offset + i) & 0x3fu);
  }
  if (character < smallest || character > 0x10ffff || (character >= 0xd800 && character <= 0xdfff)) return kBroken;
  offset += length;
  return character;
}

char32_t utf16_character(std::string_view bytes, std::size_t& offset, bool big_endian) {
  const auto unit = [&](std::size_t i) -> char32_t {
    const auto low = static_cast<unsigned char>(bytes[big_endian ? i + 1 : i]);
    const auto high = static_cast<unsigned char>(bytes[big_endian ? i : i + 1]);
    return static_cast<char32_t>(high << 8 | low);
  };
  if (offset + 2 > bytes.size()) return kBroken;
  const char32_t first = unit(offset);
  if (first < 0xd800 || first > 0xdfff) {
    offset += 2;
    return first;
  }
  if (first > 0xdbff || offset + 4 > bytes.size()) return kBroken;
  const char32_t second = unit(offset + 2);
  if (second < 0xdc00 || second > 0xdfff) return kBroken;
  offset += 4;
  return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
}

// Runs over all characters that `next` gives; line ends become \n. kAscii: a byte below 0x80 is that character.
template <bool kAscii, typename Next>
Decoded convert(std::string encoding, std::string_view bytes, Next next) {
  Decoded decoded;
  decoded.text.reserve(bytes.size() + bytes.size() / 8);
  bool after_return = false;
  for (std::size_t offset = 0; offset < bytes.size();) {
    const std::size_t start = offset;
    if constexpr (kAscii) {  // Most of any file: taken over as it is, a run at a time.
      while (offset < bytes.size() && bytes[offset] >= ' ' && bytes[offset] <= '~') ++offset;
      if (offset > start) {
        decoded.text.append(bytes.substr(start, offset - start));
        after_return = false;
        continue;
      }
    }
    const char32_t character = next(bytes, offset);
    if (character == kBroken) {
      const std::string byte = "0x" + hex(static_cast<unsigned char>(bytes[start]), 2);
      return refuse(
          "xml_encoding", decoded.text,
          {"Het bestand zegt dat het " + encoding + " is, maar byte " + byte +
               " past daar niet bij. Misschien is het in een andere tekencodering bewaard.",
           "Expected " + encoding + ", but found byte " + byte + ", which does not belong there",
           "Zet de juiste codering in de eerste regel (bijvoorbeeld encoding=\"WINDOWS-1252\") of bewaar als UTF-8."});
    }
    if (!is_xml_character(character)) return refuse_character(decoded.text, character);
    if (character == '\n' && after_return) {
      after_return = false;
      continue;
    }
    after_return = character == '\r';
    if (after_return)
      decoded.text += '\n';
    else if (character < 0x80)
      decoded.text += static_cast<char>(character);
    else
      append_utf8(decoded.text, character);
  }
  decoded.encoding = std::move(encoding);
  return decoded;
}

Decoded convert_utf16(std::string_view bytes, bool big_endian) {
  return convert<false>(
      big_endian ? "UTF-16BE" : "UTF-16LE", bytes,
      [big_endian](std::string_view from, std::size_t& offset) { return utf16_character(from, offset, big_endian); });
}

Decoded decode_any(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf"sv)) return convert<true>("UTF-8", bytes.substr(3), utf8_character);
  if (bytes.starts_with("\xff\xfe\0\0"sv) || bytes.starts_with("<\0\0\0"sv)) return refuse_encoding("UTF-32LE");
  if (bytes.starts_with("\0\0\xfe\xff"sv) || bytes.starts_with("\0\0\0<"sv)) return refuse_encoding("UTF-32BE");
  if (bytes.starts_with("\xff\xfe"sv)) return convert_utf16(bytes.substr(2), false);
  if (bytes.starts_with("\xfe\xff"sv)) return convert_utf16(bytes.substr(2), true);
  if (bytes.starts_with("<\0?\0"sv)) return convert_utf16(bytes, false);
  if (bytes.starts_with("\0<\0?"sv)) return convert_utf16(bytes, true);
  if (bytes.starts_with("\x4c\x6f\xa7\x94"sv)) return refuse_encoding("EBCDIC");

  const std::string name = upper(declared_encoding(bytes));
  // A declaration of UTF-16 in single bytes cannot be true: a tool that wrote to memory in UTF-16 and to disk in UTF-8.
  const bool utf8 = name.empty() || name == "UTF-8" || name == "UTF8" || name == "US-ASCII" || name == "ASCII" ||
                    name == "UTF-16" || name == "UTF-16LE" || name == "UTF-16BE";
  if (utf8) return convert<true>("UTF-8", bytes, utf8_character);
  if (name == "ISO-8859-1" || name == "ISO8859-1" || name == "ISO_8859-1" || name == "LATIN1" || name == "LATIN-1" ||
      name == "L1")
    return convert<true>("ISO-8859-1", bytes, [](std::string_view from, std::size_t& offset) -> char32_t {
      return static_cast<unsigned char>(from[offset++]);
    });
  if (name == "WINDOWS-1252" || name == "CP1252" || name == "CP-1252" || name == "X-CP1252")
    return convert<true>("WINDOWS-1252", bytes, [](std::string_view from, std::size_t& offset) -> char32_t {
      const auto byte = static_cast<unsigned char>(from[offset++]);
      return byte >= 0x80 && byte <= 0x9f ? kWindows1252[byte - 0x80u] : byte;
    });
  return refuse_encoding(std::string(declared_encoding(bytes)));
}

}  // namespace

bool is_xml_character(char32_t character) {
  return character == '\t' || character == '\n' || character == '\r' || (character >= 0x20 && character <= 0xd7ff) ||
         (character >= 0xe000 && character <= 0xfffd) || (character >= 0x10000 && character <= 0x10ffff);
}

void append_utf8(std::string& text, char32_t character) {
  const auto add = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (character < 0x80) {
    add(character);
  } else if (character < 0x800) {
    add(0xc0 | character >> 6);
    add(0x80 | (character & 0x3f));
  } else if (character < 0x10000) {
    add(0xe0 | character >> 12);
    add(0x80 | (character >> 6 & 0x3f));
    add(0x80 | (character & 0x3f));
  } else {
    add(0xf0 | character >> 18);
    add(0x80 | (character >> 12 & 0x3f));
    add(0x80 | (character >> 6 & 0x3f));
    add(0x80 | (character & 0x3f));
  }
}

char32_t next_character(std::string_view text, std::size_t& offset) {
  return utf8_character(text, offset);
}

Decoded decode(std::string_view bytes) {
  Decoded decoded = decode_any(bytes);
  if (!decoded.fault && decoded.text.find_first_not_of(" \t\n") == std::string::npos)
    return refuse(
        "xml_empty", "",
        {"Het bestand is leeg.", "Expected an XML file, but it is empty", "Kies een bestand waarin een proces staat."});
  return decoded;
}

}  // namespace draad::bpmn::internal
