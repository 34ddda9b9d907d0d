#include "engine/rehearsal/internal/form_answers.h"

#include <charconv>

#include <nlohmann/json.hpp>

namespace draad::rehearsal {
namespace {

using casework::FieldType;
using nlohmann::json;

json plain(const Value& value) {
  return std::visit(Overloaded{[](Null) { return json(nullptr); }, [](bool yes) { return json(yes); },
                               [](const Number& number) { return json::parse(number.text()); },
                               [](const std::string& text) { return json(text); },
                               [](const List& list) {
                                 json items = json::array();
                                 for (const Value& item : list) items.push_back(plain(item));
                                 return items;
                               },
                               [&value](const auto&) { return json(to_text(value)); }},
                    value.content);
}

json typed(FieldType type, const Assignment& field) {
  if (field.value.is_null()) return nullptr;
  if (type == FieldType::text || type == FieldType::date || type == FieldType::moment) {
    return field.value.get_if<List>() != nullptr ? plain(field.value) : json(field.raw);
  }
  return plain(field.value);
}

// "personen.2.naam" -> "personen", 1, "naam".
struct MemberPath {
  std::string list;
  std::size_t index = 0;
  std::string field;
};
std::optional<MemberPath> member_path(const std::string& name) {
  const std::size_t first = name.find('.');
  const std::size_t second = first == std::string::npos ? first : name.find('.', first + 1);
  if (second == std::string::npos) return std::nullopt;
  std::size_t number = 0;
  const char* begin = name.data() + first + 1;
  const char* end = name.data() + second;
  const auto parsed = std::from_chars(begin, end, number);
  if (parsed.ec != std::errc{} || parsed.ptr != end || number < 1 || number > 1000) return std::nullopt;
  return MemberPath{name.substr(0, first), number - 1, name.substr(second + 1)};
}

}  // namespace

json answers_of(const casework::Form& form, const Assignments& fields) {
  json answers = json::object();
  for (const Assignment& field : fields) {
    const std::optional<MemberPath> path = member_path(field.name);
    if (path && form.find(field.name) == nullptr) {
      json& list = answers[path->list];
      if (!list.is_array()) list = json::array();
      while (list.size() <= path->index) list.push_back(json::object());
      if (list[path->index].is_object()) {
        // What a member's field is, the form says when it is filled in; a bare number stays a number.
        list[path->index][path->field] = field.quoted ? json(field.raw) : plain(field.value);
      }
      continue;
    }
    const casework::FormField* known = form.find(field.name);
    answers[field.name] = typed(known == nullptr ? FieldType::text : known->type, field);
  }
  return answers;
}

}  // namespace draad::rehearsal
