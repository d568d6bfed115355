#include <sql/connection.h>

#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/resultset_metadata.h>
#include <cppconn/statement.h>
#include <mysql_driver.h>

#include <map>
#include <mutex>
#include <utility>

namespace jicai::sql {
namespace {

constexpr std::size_t kPreparedMax = 256;

// connect() has a function-local static inside the connector.
std::mutex& connect_mutex() {
    static std::mutex mutex;
    return mutex;
}

::sql::SQLString text_of(std::string_view text) {
    return {text.data(), text.size()};
}

std::unique_ptr<::sql::Connection> connect_to(const Endpoint& endpoint, const Host* host) {
    ::sql::ConnectOptionsMap options;
    if (host == nullptr) {
        options["hostName"] = ::sql::SQLString("unix://" + endpoint.socket);
    } else {
        options["hostName"] =
            ::sql::SQLString("tcp://" + host->name + ":" + std::to_string(host->port));
    }
    options["userName"] = text_of(endpoint.user);
    options["password"] = text_of(endpoint.password);
    if (!endpoint.schema.empty()) options["schema"] = text_of(endpoint.schema);
    options["OPT_CHARSET_NAME"] = ::sql::SQLString("utf8mb4");
    options["OPT_CONNECT_TIMEOUT"] = endpoint.connect_seconds_max;
    options["OPT_READ_TIMEOUT"] = endpoint.answer_seconds_max;
    options["OPT_WRITE_TIMEOUT"] = endpoint.answer_seconds_max;
    options["OPT_LOCAL_INFILE"] = 0;
    if (!endpoint.tls_ca.empty()) {
        options["sslEnforce"] = true;
        options["sslCA"] = text_of(endpoint.tls_ca);
    }
    const std::lock_guard lock(connect_mutex());
    return std::unique_ptr<::sql::Connection>(get_driver_instance()->connect(options));
}

std::unique_ptr<::sql::Connection> connect(const Endpoint& endpoint) {
    if (endpoint.hosts.empty()) return connect_to(endpoint, nullptr);
    for (std::size_t i = 0; i + 1 < endpoint.hosts.size(); ++i) {
        try {
            return connect_to(endpoint, &endpoint.hosts[i]);
        } catch (const ::sql::SQLException& error) {
            if (kind_of(error.getErrorCode(), error.what()) != ErrorKind::unavailable) throw;
        }
    }
    return connect_to(endpoint, &endpoint.hosts.back());
}

void bind(::sql::PreparedStatement& prepared, const std::vector<Value>& values) {
    unsigned int index = 0;
    for (const Value& value : values) {
        ++index;
        if (const auto* number = std::get_if<std::int64_t>(&value.get())) {
            prepared.setInt64(index, *number);
        } else if (const auto* text = std::get_if<std::string>(&value.get())) {
            prepared.setString(index, text_of(*text));
        } else {
            prepared.setNull(index, 0);
        }
    }
}

Row row_of(::sql::ResultSet& result, unsigned int columns) {
    std::vector<std::optional<std::string>> row;
    row.reserve(columns);
    for (unsigned int column = 1; column <= columns; ++column) {
        if (result.isNull(column)) {
            row.emplace_back(std::nullopt);
        } else {
            row.emplace_back(result.getString(column).asStdString());
        }
    }
    return Row(std::move(row));
}

std::string shortened(std::string_view statement) {
    constexpr std::size_t kShown = 120;
    return std::string(statement.substr(0, kShown)) + (statement.size() > kShown ? "…" : "");
}

}  // namespace

struct Connection::State {
    std::unique_ptr<::sql::Connection> link;
    std::map<std::string, std::unique_ptr<::sql::PreparedStatement>, std::less<>> prepared;
    Isolation isolation = Isolation::read_committed;
    bool broken = false;

    ::sql::PreparedStatement& prepare(std::string_view statement) {
        if (const auto found = prepared.find(statement); found != prepared.end()) {
            return *found->second;
        }
        if (prepared.size() >= kPreparedMax) prepared.clear();
        std::unique_ptr<::sql::PreparedStatement> made(link->prepareStatement(text_of(statement)));
        return *prepared.emplace(std::string(statement), std::move(made)).first->second;
    }

    template <typename Work>
    auto guarded(std::string_view statement, const Work& work) -> decltype(work()) {
        try {
            return work();
        } catch (const ::sql::SQLException& error) {
            // Misuse of the connector after a lost connection comes without a code.
            const DatabaseError raised(
                error.getErrorCode(),
                error.getSQLState(),
                std::string(error.what()) + " [" + std::to_string(error.getErrorCode()) + " in " +
                    shortened(statement) + "]"
            );
            if (raised.kind() == ErrorKind::unavailable || raised.code() == 0) broken = true;
            throw raised;
        }
    }
};

Connection::Connection(const Endpoint& endpoint, int lock_wait_seconds)
    : state_(std::make_unique<State>()) {
    state_->guarded("connect", [&] { state_->link = connect(endpoint); });
    execute(
        "SET SESSION sql_mode='STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
        "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone='+00:00', "
        "innodb_lock_wait_timeout=" +
        std::to_string(lock_wait_seconds)
    );
    execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
}

// Prepared statements must go before their connection; the members' order sees to it.
Connection::~Connection() {
    state_->prepared.clear();
}

void Connection::execute(std::string_view statement) {
    state_->guarded(statement, [&] {
        const std::unique_ptr<::sql::Statement> plain(state_->link->createStatement());
        plain->execute(text_of(statement));
    });
}

std::vector<Row> Connection::query(std::string_view statement, const std::vector<Value>& values) {
    return state_->guarded(statement, [&] {
        ::sql::PreparedStatement& prepared = state_->prepare(statement);
        bind(prepared, values);
        const std::unique_ptr<::sql::ResultSet> result(prepared.executeQuery());
        const unsigned int columns = result->getMetaData()->getColumnCount();
        std::vector<Row> rows;
        while (result->next()) rows.push_back(row_of(*result, columns));
        return rows;
    });
}

std::int64_t Connection::change(std::string_view statement, const std::vector<Value>& values) {
    return state_->guarded(statement, [&] {
        ::sql::PreparedStatement& prepared = state_->prepare(statement);
        bind(prepared, values);
        return std::int64_t{prepared.executeUpdate()};
    });
}

void Connection::stream(std::string_view statement, const std::function<void(const Row&)>& take) {
    state_->guarded(statement, [&] {
        const std::unique_ptr<::sql::Statement> plain(state_->link->createStatement());
        plain->setResultSetType(::sql::ResultSet::TYPE_FORWARD_ONLY);
        const std::unique_ptr<::sql::ResultSet> result(plain->executeQuery(text_of(statement)));
        const unsigned int columns = result->getMetaData()->getColumnCount();
        while (result->next()) take(row_of(*result, columns));
    });
}

std::int64_t Connection::last_id() {
    return query("SELECT LAST_INSERT_ID()").at(0).number(0);
}

void Connection::set_isolation(Isolation isolation) {
    if (state_->isolation == isolation) return;
    execute(
        isolation == Isolation::read_committed
            ? "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"
            : "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"
    );
    state_->isolation = isolation;
}

Isolation Connection::isolation() const {
    return state_->isolation;
}

bool Connection::broken() const {
    return state_->broken;
}

bool Connection::answers() {
    try {
        return !state_->broken && state_->link->isValid();
    } catch (const ::sql::SQLException&) {
        state_->broken = true;
        return false;
    }
}

std::int64_t Connection::server_id() {
    return query("SELECT CONNECTION_ID()").at(0).number(0);
}

}  // namespace jicai::sql
