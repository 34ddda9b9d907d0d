#include "engine/store/sqlite/internal/connection.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "engine/store/sqlite/internal/schema.h"

namespace draad::store::sqlite {

namespace {

std::int32_t pragma(SQLite::Database& database, const char* sql) {
  return database.execAndGet(sql).getInt();
}

// Only a file that does not exist yet: closing a second descriptor of an open database would drop SQLite's locks on it.
void create_private_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) ::close(descriptor);
}

}  // namespace

Error translate(const SQLite::Exception& failure, const std::string& path) {
  const int primary = failure.getErrorCode() & 0xff;
  const std::string detail = std::string(" (SQLite: ") + failure.what() + ")";
  switch (primary) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::unavailable,
              "Een ander programma houdt de database vast; er is niets geschreven. Sluit het en probeer het opnieuw." +
                  detail,
              path};
    case SQLITE_FULL:
      return {ErrorCode::unavailable,
              "De schijf is vol; er is niets geschreven. Maak ruimte vrij: daarna werkt alles weer." + detail, path};
    case SQLITE_IOERR:
      return {
          ErrorCode::unavailable,
          "De schijf weigert te lezen of te schrijven (vol, te groot bestand of stuk); er is niets half geschreven. "
          "Kijk de schijf na." +
              detail,
          path};
    case SQLITE_CORRUPT:
      return {ErrorCode::corrupt,
              "De database is beschadigd. Stop de server, bewaar een kopie van het bestand en zet de laatste "
              "reservekopie terug." +
                  detail,
              path};
    case SQLITE_NOTADB:
      return {
          ErrorCode::corrupt,
          "Dit bestand is geen database van Rode Draad, of het begin ervan is beschadigd. Kijk het pad na, of zet de "
          "laatste reservekopie terug." +
              detail,
          path};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {
          ErrorCode::unavailable,
          "Dit programma mag niet in de database schrijven. Kijk de rechten van het bestand en zijn map na." + detail,
          path};
    case SQLITE_CANTOPEN:
      return {
          ErrorCode::unavailable,
          "De database kan niet worden geopend. Bestaat de map, en mag dit programma erin lezen en schrijven?" + detail,
          path};
    case SQLITE_CONSTRAINT:
      return {ErrorCode::conflict,
              std::string("Expected rows that fit together, but SQLite refused: ") + failure.what(), path};
    default:
      return {ErrorCode::unavailable, "De database geeft een fout; er is niets geschreven." + detail, path};
  }
}

Use& Use::bind(std::int64_t number) {
  statement_.bind(next_++, number);
  return *this;
}

Use& Use::bind(const std::string& text) {
  statement_.bindNoCopy(next_++, text);
  return *this;
}

Use& Use::bind(std::string_view text) {
  statement_.bind(next_++, std::string(text));
  return *this;
}

Use& Use::bind(std::span<const std::uint8_t> bytes) {
  const void* data = bytes.empty() ? static_cast<const void*>("") : bytes.data();
  statement_.bindNoCopy(next_++, data, static_cast<int>(bytes.size()));
  return *this;
}

Use& Use::bind(const std::optional<Instant>& at) {
  if (at) return bind(*at);
  statement_.bind(next_++);
  return *this;
}

Bytes Use::bytes(int column) const {
  const SQLite::Column value = statement_.getColumn(column);
  const auto* data = static_cast<const std::uint8_t*>(value.getBlob());
  return data == nullptr ? Bytes() : Bytes(data, data + value.getBytes());
}

Hash Use::hash(int column) const {
  const SQLite::Column value = statement_.getColumn(column);
  Hash hash{};
  const void* data = value.getBlob();
  if (data == nullptr || static_cast<std::size_t>(value.getBytes()) != hash.size()) {
    throw SQLite::Exception("a hash of another length than 32 bytes", SQLITE_CORRUPT);
  }
  std::memcpy(hash.data(), data, hash.size());
  return hash;
}

std::optional<Instant> Use::at_or_nothing(int column) const {
  if (statement_.getColumn(column).isNull()) return std::nullopt;
  return at(column);
}

Connection::Connection(std::string path, int flags, const SqliteOptions& options)
    : path_(std::move(path)), database_(path_, flags, static_cast<int>(options.busy_timeout.count())) {
  database_.exec("PRAGMA trusted_schema = OFF");
  database_.exec("PRAGMA cache_size = -" + std::to_string(options.cache_kibibytes));
  database_.exec("PRAGMA temp_store = MEMORY");
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Mode mode, const SqliteOptions& options) {
  try {
    if (mode == Mode::write) create_private_file(path);
    const int flags = (mode == Mode::write ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
    std::unique_ptr<Connection> connection(new Connection(path, flags, options));  // The constructor is private.
    DRAAD_TRY_DONE(connection->check_owner());
    if (mode == Mode::write) DRAAD_TRY_DONE(connection->migrate());
    return connection;
  } catch (const SQLite::Exception& failure) {
    return translate(failure, path);
  }
}

Result<Done> Connection::check_owner() {
  const std::int32_t owner = pragma(database_, "PRAGMA application_id");
  const std::int32_t version = pragma(database_, "PRAGMA user_version");
  const bool is_empty = pragma(database_, "SELECT count(*) FROM sqlite_schema") == 0;
  if (owner != kApplicationId && !(owner == 0 && is_empty)) {
    return Error{ErrorCode::invalid,
                 "Dit is een SQLite-database, maar niet van Rode Draad. Er is niets aan veranderd. Kijk het pad na.",
                 path_};
  }
  if (version > newest_version()) {
    return Error{ErrorCode::unsupported,
                 "Deze database is van een nieuwere versie van Rode Draad (schema " + std::to_string(version) +
                     "; dit programma kent schema " + std::to_string(newest_version()) +
                     "). Er is niets aan veranderd. Gebruik de nieuwere versie, of zet een reservekopie terug.",
                 path_};
  }
  return Done{};
}

Result<Done> Connection::migrate() {
  database_.exec("PRAGMA journal_mode = WAL");
  database_.exec("PRAGMA synchronous = FULL");
  database_.exec("PRAGMA secure_delete = ON");  // What erasure removes is overwritten, not only forgotten.
  for (std::int32_t version = pragma(database_, "PRAGMA user_version"); version < newest_version(); ++version) {
    SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::EXCLUSIVE);
    database_.exec(migrations()[static_cast<std::size_t>(version)]);
    database_.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    database_.exec("PRAGMA user_version = " + std::to_string(version + 1));
    transaction.commit();
  }
  return Done{};
}

SQLite::Statement& Connection::prepared(const char* sql) {
  std::unique_ptr<SQLite::Statement>& statement = prepared_[sql];
  if (statement == nullptr) statement = std::make_unique<SQLite::Statement>(database_, sql);
  return *statement;
}

}  // namespace draad::store::sqlite
