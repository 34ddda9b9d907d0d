#include "engine/bpmn/internal/scan.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/bpmn/internal/encoding.h"
#include "engine/bpmn/internal/findings.h"
#include "engine/bpmn/internal/lines.h"

namespace draad::bpmn::internal {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

// XML 1.0, 2.3, productions 4 and 4a.
bool is_name_start(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
  return (c >= 0xc0 && c <= 0x2ff && c != 0xd7 && c != 0xf7) || (c >= 0x370 && c <= 0x1fff && c != 0x37e) ||
         c == 0x200c || c == 0x200d || (c >= 0x2070 && c <= 0x218f) || (c >= 0x2c00 && c <= 0x2fef) ||
         (c >= 0x3001 && c <= 0xd7ff) || (c >= 0xf900 && c <= 0xfdcf) || (c >= 0xfdf0 && c <= 0xfffd) ||
         (c >= 0x10000 && c <= 0xeffff);
}
bool is_name_character(char32_t c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == 0xb7 ||
         (c >= 0x300 && c <= 0x36f) || c == 0x203f || c == 0x2040;
}

// How much of a name or value to show in a message.
std::string shown(std::string_view text) {
  constexpr std::size_t kShownMax = 60;
  if (text.size() <= kShownMax) return std::string(text);
  std::size_t end = kShownMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0u) == 0x80u) --end;
  return std::string(text.substr(0, end)) + "...";
}

// Every method that answers bool answers false when it has set the fault.
class Scanner {
 public:
  Scanner(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {}

  Scanned run() {
    if (document()) return {element_count_, std::nullopt};
    return {element_count_, std::move(fault_)};
  }

 private:
  bool fail(std::string_view code, std::size_t offset, Texts texts) {
    fault_ = finding(code, Severity::fatal, LineCursor(text_).at(offset), std::move(texts));
    return false;
  }
  bool malformed(std::size_t offset, std::string nl, std::string en) {
    return fail("xml_malformed", offset,
                {std::move(nl), std::move(en),
                 "Verbeter de XML op deze plaats, of bewaar het bestand opnieuw vanuit het tekenprogramma."});
  }
  bool limit(std::string_view code, std::size_t offset, std::size_t most, std::string_view nl, std::string_view en) {
    const std::string number = std::to_string(most);
    return fail(
        code, offset,
        {std::string(nl) + " Het meeste dat dit programma leest is " + number + ".",
         "Expected at most " + number + " " + std::string(en) + ", but found more", "Maak het bestand kleiner."});
  }

  [[nodiscard]] bool at_end() const { return offset_ >= text_.size(); }
  [[nodiscard]] bool ahead(std::string_view what) const { return text_.substr(offset_, what.size()) == what; }
  bool take(std::string_view what) {
    if (!ahead(what)) return false;
    offset_ += what.size();
    return true;
  }
  void skip_space() {
    while (!at_end() && is_space(text_[offset_])) ++offset_;
  }
  // A name at the offset; empty when there is none.
  std::string_view name() {
    const std::size_t start = offset_;
    std::size_t next = offset_;
    while (!at_end()) {
      const char32_t c = next_character(text_, next);
      if (offset_ == start ? !is_name_start(c) : !is_name_character(c)) break;
      offset_ = next;
    }
    return text_.substr(start, offset_ - start);
  }

  bool document() {
    if (ahead("<?xml") && text_.size() > 5 && is_space(text_[5]) && !declaration()) return false;
    bool had_root = false;
    bool had_doctype = false;
    while (true) {
      skip_space();
      if (at_end()) break;
      const std::size_t start = offset_;
      if (ahead("<!--")) {
        if (!comment()) return false;
      } else if (ahead("<?")) {
        if (!instruction()) return false;
      } else if (ahead("<!DOCTYPE")) {
        if (had_root || had_doctype)
          return malformed(start, "Hier mag geen <!DOCTYPE> staan.", "Expected no <!DOCTYPE> here, but found one");
        had_doctype = true;
        if (!doctype()) return false;
      } else if (text_[offset_] == '<' && !had_root) {
        had_root = true;
        if (!elements()) return false;
      } else if (had_root) {
        return malformed(start, "Na het laatste eindlabel staat nog iets: een XML-bestand heeft één hoofdelement.",
                         "Expected the end of the file after the root element, but found more");
      } else {
        return malformed(start, "Dit is geen XML: het bestand begint niet met '<'.",
                         "Expected '<', but found other text: this is no XML");
      }
    }
    if (!had_root)
      return malformed(text_.size(), "In het bestand staat geen enkel element.",
                       "Expected a root element, but found none");
    return true;
  }

  bool declaration() {
    const std::size_t end = text_.find("?>", offset_);
    if (end == std::string_view::npos)
      return malformed(offset_, "De eerste regel (<?xml ...) wordt niet afgesloten met '?>'.",
                       "Expected '?>' after '<?xml', but found the end");
    offset_ += 5;
    std::vector<std::string_view> names;
    while (offset_ < end) {
      skip_space();
      if (offset_ == end) break;
      if (!attribute(names)) return false;
      if (offset_ > end)
        return malformed(offset_, "De eerste regel (<?xml ...) klopt niet.",
                         "Expected a closed XML declaration, but it is not");
    }
    const bool in_order =
        !names.empty() && names[0] == "version" &&
        (names.size() < 2 || names[1] == "encoding" || (names[1] == "standalone" && names.size() == 2)) &&
        (names.size() < 3 || (names[2] == "standalone" && names.size() == 3));
    if (!in_order)
      return malformed(
          0, "De eerste regel (<?xml ...) klopt niet. Verwacht: version, daarna encoding en standalone.",
          "Expected version, encoding and standalone, in that order, in the XML declaration, but found something else");
    offset_ = end + 2;
    return true;
  }

  bool comment() {
    const std::size_t start = offset_;
    offset_ += 4;
    const std::size_t end = text_.find("--", offset_);
    if (end == std::string_view::npos)
      return malformed(start, "Een opmerking (<!-- ...) wordt niet afgesloten met '-->'.",
                       "Expected '-->' after '<!--', but found the end");
    if (text_.substr(end, 3) != "-->")
      return malformed(end, "In een opmerking mag '--' niet staan.", "Expected no '--' inside a comment, but found it");
    offset_ = end + 3;
    return true;
  }

  bool instruction() {
    const std::size_t start = offset_;
    offset_ += 2;
    const std::string_view target = name();
    if (target.empty())
      return malformed(start, "Na '<?' hoort een naam.", "Expected a name after '<?', but found none");
    if (target.size() == 3 && (target[0] | 0x20) == 'x' && (target[1] | 0x20) == 'm' && (target[2] | 0x20) == 'l')
      return malformed(start, "De regel <?xml ...> mag alleen helemaal aan het begin staan.",
                       "Expected the XML declaration at the very start only, but found it here");
    if (!at_end() && !is_space(text_[offset_]) && !ahead("?>"))
      return malformed(offset_, "Na de naam van een instructie hoort een spatie.",
                       "Expected white space after the name of an instruction, but found none");
    const std::size_t end = text_.find("?>", offset_);
    if (end == std::string_view::npos)
      return malformed(start, "Een instructie (<? ...) wordt niet afgesloten met '?>'.",
                       "Expected '?>' after '<?', but found the end");
    offset_ = end + 2;
    return true;
  }

  bool doctype() {
    const std::size_t start = offset_;
    offset_ += 9;
    skip_space();
    const std::string_view root = name();
    skip_space();
    if (root.empty() || at_end())
      return malformed(start, "<!DOCTYPE> klopt niet.",
                       "Expected a name and '>' after '<!DOCTYPE', but found something else");
    if (!take(">"))
      return fail("xml_doctype", start,
                  {"Het bestand heeft een <!DOCTYPE> met eigen verklaringen of een verwijzing naar buiten. Dat leest "
                   "dit programma niet, "
                   "omdat het misbruikt kan worden.",
                   "Expected no DOCTYPE with declarations or external references, but found one; they are refused "
                   "because they can be abused",
                   "Verwijder de <!DOCTYPE ...>."});
    return true;
  }

  // "&lt;", "&#233;": at the ampersand.
  bool reference() {
    const std::size_t start = offset_++;
    const std::size_t end = text_.substr(offset_, 16).find(';');
    const std::string_view body = end == std::string_view::npos ? std::string_view() : text_.substr(offset_, end);
    if (body.empty())
      return malformed(start, "Een los '&'-teken mag niet: schrijf &amp;.", "Expected '&amp;', but found a lone '&'");
    offset_ += end + 1;
    if (body == "lt" || body == "gt" || body == "amp" || body == "quot" || body == "apos") return true;
    if (body[0] != '#')
      return malformed(start,
                       "Onbekende entiteit '&" + shown(body) + ";'. XML kent er vijf: &lt; &gt; &amp; &quot; &apos;.",
                       "Expected one of the five entities of XML, but found '&" + shown(body) + ";'");
    const bool hexadecimal = body.size() > 1 && body[1] == 'x';
    const std::string_view digits = body.substr(hexadecimal ? 2 : 1);
    char32_t value = 0;
    bool good = !digits.empty();
    for (const char digit : digits) {
      const bool decimal = digit >= '0' && digit <= '9';
      const char lower = static_cast<char>(digit | 0x20);
      if (!decimal && !(hexadecimal && lower >= 'a' && lower <= 'f')) good = false;
      value = value * (hexadecimal ? 16 : 10) + static_cast<char32_t>(decimal ? digit - '0' : lower - 'a' + 10);
      if (value > 0x10ffff) good = false;
      if (!good) break;
    }
    if (!good || !is_xml_character(value))
      return malformed(start, "'&" + shown(body) + ";' is geen teken dat in XML mag.",
                       "Expected a character that XML allows, but found '&" + shown(body) + ";'");
    return true;
  }

  bool attribute(std::vector<std::string_view>& names) {
    const std::size_t start = offset_;
    const std::string_view attribute_name = name();
    if (attribute_name.empty())
      return malformed(start, "Hier hoort de naam van een attribuut.",
                       "Expected the name of an attribute, but found something else");
    skip_space();
    if (!take("="))
      return malformed(offset_, "Na het attribuut '" + shown(attribute_name) + "' hoort een '='.",
                       "Expected '=' after the attribute '" + shown(attribute_name) + "', but found something else");
    skip_space();
    if (at_end() || (text_[offset_] != '"' && text_[offset_] != '\''))
      return malformed(offset_, "De waarde van '" + shown(attribute_name) + "' staat niet tussen aanhalingstekens.",
                       "Expected the value of '" + shown(attribute_name) + "' in quotes, but it is not");
    const char quote = text_[offset_++];
    const std::size_t value_start = offset_;
    while (!at_end() && text_[offset_] != quote) {
      if (text_[offset_] == '<')
        return malformed(offset_, "In de waarde van '" + shown(attribute_name) + "' staat '<': schrijf &lt;.",
                         "Expected '&lt;' in the value of '" + shown(attribute_name) + "', but found '<'");
      if (text_[offset_] == '&') {
        if (!reference()) return false;
      } else {
        ++offset_;
      }
    }
    if (at_end())
      return malformed(
          value_start, "De waarde van '" + shown(attribute_name) + "' wordt niet afgesloten.",
          "Expected a closing quote after the value of '" + shown(attribute_name) + "', but found the end");
    if (offset_ - value_start > limits_.attribute_length)
      return limit("limit_attribute_length", start, limits_.attribute_length,
                   "De waarde van het attribuut '" + shown(attribute_name) + "' is te lang (in bytes).",
                   "bytes in the value of an attribute");
    ++offset_;
    if (std::find(names.begin(), names.end(), attribute_name) != names.end())
      return malformed(start, "Het attribuut '" + shown(attribute_name) + "' staat er twee keer.",
                       "Expected the attribute '" + shown(attribute_name) + "' once, but found it twice");
    if (names.size() == limits_.attributes)
      return limit("limit_attributes", start, limits_.attributes, "Dit element heeft te veel attributen.",
                   "attributes on one element");
    names.push_back(attribute_name);
    return true;
  }

  bool start_tag(std::vector<std::string_view>& open) {
    const std::size_t start = offset_++;
    const std::string_view element = name();
    if (element.empty())
      return malformed(start, "Na '<' hoort de naam van een element. Is het een kleiner-dan-teken? Schrijf dan &lt;.",
                       "Expected the name of an element after '<', but found something else");
    if (++element_count_ > limits_.elements)
      return limit("limit_elements", start, limits_.elements, "Het bestand heeft te veel elementen.", "elements");
    std::vector<std::string_view>& names = names_;
    names.clear();
    while (true) {
      const std::size_t before = offset_;
      skip_space();
      if (at_end())
        return malformed(start, "Het label <" + shown(element) + "> wordt niet afgesloten met '>'.",
                         "Expected '>' after '<" + shown(element) + "', but found the end");
      if (take("/>")) return true;
      if (take(">")) {
        if (open.size() == limits_.depth)
          return limit("limit_depth", start, limits_.depth, "De elementen staan te diep in elkaar.",
                       "elements inside each other");
        open.push_back(element);
        return true;
      }
      if (before == offset_)
        return malformed(offset_, "In het label <" + shown(element) + "> ontbreekt een spatie of een '>'.",
                         "Expected white space or '>' in the tag <" + shown(element) + ">, but found something else");
      if (!attribute(names)) return false;
    }
  }

  bool end_tag(std::vector<std::string_view>& open) {
    const std::size_t start = offset_;
    offset_ += 2;
    const std::string_view element = name();
    skip_space();
    if (element.empty() || !take(">"))
      return malformed(start, "Dit eindlabel klopt niet.", "Expected a well-formed end tag, but it is not");
    if (element != open.back())
      return malformed(start, "Het eindlabel </" + shown(element) + "> past niet bij <" + shown(open.back()) + ">.",
                       "Expected </" + shown(open.back()) + ">, but found </" + shown(element) + ">");
    open.pop_back();
    return true;
  }

  // The root and everything in it.
  bool elements() {
    std::vector<std::string_view> open;
    if (!start_tag(open)) return false;
    while (!open.empty()) {
      const std::size_t start = offset_;
      if (at_end())
        return malformed(start, "Het bestand houdt op terwijl <" + shown(open.back()) + "> nog niet is afgesloten.",
                         "Expected </" + shown(open.back()) + ">, but found the end of the file");
      if (text_[offset_] != '<') {
        if (!text()) return false;
      } else if (ahead("</")) {
        if (!end_tag(open)) return false;
      } else if (ahead("<!--")) {
        if (!comment()) return false;
      } else if (ahead("<![CDATA[")) {
        const std::size_t end = text_.find("]]>", offset_);
        if (end == std::string_view::npos)
          return malformed(start, "Een CDATA-blok wordt niet afgesloten met ']]>'.",
                           "Expected ']]>' after '<![CDATA[', but found the end");
        offset_ = end + 3;
      } else if (ahead("<?")) {
        if (!instruction()) return false;
      } else if (!start_tag(open)) {
        return false;
      }
    }
    return true;
  }

  bool text() {
    while (!at_end() && text_[offset_] != '<') {
      if (text_[offset_] == '&') {
        if (!reference()) return false;
      } else if (ahead("]]>")) {
        return malformed(offset_, "In tekst mag ']]>' niet staan: schrijf ]]&gt;.",
                         "Expected ']]&gt;' in text, but found ']]>'");
      } else {
        ++offset_;
      }
    }
    return true;
  }

  std::string_view text_;
  const Limits& limits_;
  std::size_t offset_ = 0;
  std::size_t element_count_ = 0;
  std::vector<std::string_view> names_;  // Of the attributes of one element; kept for its memory.
  std::optional<Finding> fault_;
};

}  // namespace

Scanned scan(std::string_view text, const Limits& limits) {
  return Scanner(text, limits).run();
}

}  // namespace draad::bpmn::internal
