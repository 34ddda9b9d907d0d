#include "engine/privacy/data_class.h"

namespace draad::privacy {

namespace {

struct Row {
  DataClass data_class;
  std::string_view code;
  std::string_view name;
};

constexpr std::array<Row, kDataClassCount> kRows{{
    {DataClass::contact, "D1", "contactgegevens zonder adres"},
    {DataClass::address, "D2", "adres en opvangadres"},
    {DataClass::bsn, "D3", "burgerservicenummer"},
    {DataClass::signal, "D4", "signaaltekst en indicatoren"},
    {DataClass::exploitation, "D5", "vorm van uitbuiting en seksueel leven"},
    {DataClass::health, "D6", "gezondheid, beperking en verslaving"},
    {DataClass::criminal, "D7", "strafrechtelijke gegevens"},
    {DataClass::police, "D8", "politiegegevens"},
    {DataClass::residence, "D9", "verblijfsstatus en nationaliteit"},
    {DataClass::child_protection, "D10", "jeugdbeschermingsgegevens"},
    {DataClass::debts, "D11", "schulden en inkomen"},
    {DataClass::plan, "D12", "plan, besluiten en acties"},
    {DataClass::registration, "D13", "registratiegegevens voor CoMensha"},
    {DataClass::figures, "D14", "cijfers"},
}};

const Row& row(DataClass data_class) {
  const auto index = static_cast<std::size_t>(data_class) - 1;
  DRAAD_CHECK(index < kRows.size());
  return kRows[index];
}

}  // namespace

const std::array<DataClass, kDataClassCount>& all_data_classes() {
  static constexpr auto kAll = [] {
    std::array<DataClass, kDataClassCount> all{};
    for (std::size_t index = 0; index < kRows.size(); ++index) all[index] = kRows[index].data_class;
    return all;
  }();
  return kAll;
}

std::string_view code(DataClass data_class) {
  return row(data_class).code;
}

std::string_view dutch_name(DataClass data_class) {
  return row(data_class).name;
}

bool is_personal(DataClass data_class) {
  return data_class != DataClass::figures;
}

bool is_shielded(DataClass data_class) {
  return data_class == DataClass::address;
}

Result<DataClass> parse_data_class(std::string_view text) {
  for (const Row& known : kRows) {
    if (known.code == text) return known.data_class;
  }
  return Error{ErrorCode::invalid, "Expected a data class D1 to D14, but got '" + std::string(text) + "'", ""};
}

}  // namespace draad::privacy
