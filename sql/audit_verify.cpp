#include <sql/audit_chain.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jicai::sql {
namespace {

constexpr std::int64_t kSealsAtOnce = 1000;
constexpr std::int64_t kEntriesAtOnce = 2000;

/// The walk along the chain; stops at the first broken link.
class Walk {
public:
    explicit Walk(Connection& connection) : connection_(connection) {}

    ports::AuditVerification run() {
        result_.head = kNoSeal;
        bool more = true;
        while (more && result_.whole) {
            const std::vector<Row> seals = connection_.query(
                "SELECT number, previous, first_entry, last_entry, entries, hash FROM audit_seals "
                "WHERE number > ? ORDER BY number LIMIT ?",
                {result_.seals, kSealsAtOnce}
            );
            more = !seals.empty();
            for (const Row& seal : seals) {
                check_seal(seal);
                if (!result_.whole) break;
            }
        }
        if (result_.whole) check_head();
        if (result_.whole) check_strays();
        result_.unsealed = count("SELECT COUNT(*) FROM audit_pending");
        return std::move(result_);
    }

private:
    std::int64_t count(const char* statement) {
        return connection_.query(statement).at(0).number(0);
    }

    struct Fault {
        std::int64_t entry = 0;
        const char* key = "";
        std::string what;
        std::vector<std::pair<std::string, std::string>> numbers = {};
    };

    void broken(std::int64_t seal, const Fault& fault) {
        result_.whole = false;
        result_.broken_seal = seal;
        result_.broken_entry = fault.entry;
        result_.broken = seal == 0 ? "" : "seal " + std::to_string(seal);
        if (fault.entry != 0) {
            result_.broken += (seal == 0 ? "entry " : ", entry ") + std::to_string(fault.entry);
        }
        result_.broken += (result_.broken.empty() ? "" : ": ") + fault.what;
        result_.broken_why = {fault.key, fault.numbers};
        result_.broken_why.arguments.emplace_back("seal", std::to_string(seal));
        result_.broken_why.arguments.emplace_back("entry", std::to_string(fault.entry));
    }

    void check_seal(const Row& row) {
        Seal seal;
        seal.number = row.number(0);
        seal.previous = row.text(1);
        seal.first_entry = row.number(2);
        seal.last_entry = row.number(3);
        const std::int64_t expected = result_.seals + 1;
        if (seal.number != expected) {
            return broken(expected, {0, "database.chain_seal_missing", "the seal is missing"});
        }
        if (seal.previous != result_.head) {
            return broken(
                seal.number,
                {0,
                 "database.chain_seal_previous",
                 "names another seal before it than the one that stands there"}
            );
        }
        // Entries first: a changed entry is its own fault, not the seal's.
        const std::int64_t entries = row.number(4);
        if (const auto fault = read_entries(seal, entries)) return broken(seal.number, *fault);
        if (hash_of(seal) != row.text(5)) {
            return broken(
                seal.number, {0, "database.chain_seal_changed", "the seal differs from its hash"}
            );
        }
        result_.head = row.text(5);
        result_.seals = seal.number;
        result_.entries += entries;
    }

    /// Fills the hashes of the seal's entries from their texts; the first fault.
    std::optional<Fault> read_entries(Seal& seal, std::int64_t entries) {
        std::int64_t position = 0;
        std::int64_t entry_before = 0;
        for (;;) {
            const std::vector<Row> rows = connection_.query(
                "SELECT " + entry_columns() +
                    ", s.position, s.entry, s.hash FROM audit_sealed_entries s LEFT JOIN "
                    "audit_entries e ON e.id = s.entry WHERE s.seal = ? AND s.position > ? "
                    "ORDER BY s.position LIMIT ?",
                {seal.number, position, kEntriesAtOnce}
            );
            if (rows.empty()) break;
            for (const Row& row : rows) {
                if (auto fault = read_entry(row, position + 1, entry_before, seal)) return fault;
                ++position;
                entry_before = row.number(14);
            }
        }
        if (position == entries) return std::nullopt;
        return Fault{
            0,
            "database.chain_count",
            "covers " + std::to_string(entries) + " entries, " + std::to_string(position) +
                " are there",
            {{"entries", std::to_string(entries)}, {"there", std::to_string(position)}}};
    }

    static std::optional<Fault> read_entry(
        const Row& row, std::int64_t place, std::int64_t entry_before, Seal& seal
    ) {
        const std::int64_t id = row.number(14);
        if (row.number(13) != place) {
            return Fault{
                0,
                "database.chain_place_missing",
                "the entry at place " + std::to_string(place) + " is missing",
                {{"place", std::to_string(place)}}};
        }
        if (row.is_null(0)) {
            return Fault{id, "database.chain_entry_missing", "the entry is missing"};
        }
        if (id <= entry_before) {
            return Fault{
                id, "database.chain_entry_reordered", "stands in another order than it was sealed"};
        }
        const std::string hash = hash_of(entry_of(row));
        if (hash != row.text(15)) {
            return Fault{id, "database.chain_entry_changed", "the text differs from its hash"};
        }
        seal.entry_hashes.push_back(hash);
        return std::nullopt;
    }

    void check_head() {
        const std::vector<Row> head =
            connection_.query("SELECT number, hash, entries FROM audit_head WHERE id = 1");
        if (head.empty()) {
            return broken(
                result_.seals,
                {0, "database.chain_head_missing", "the head of the chain is missing"}
            );
        }
        const std::int64_t last = head[0].number(0);
        if (last > result_.seals) {
            return broken(
                result_.seals + 1,
                {0,
                 "database.chain_tail_missing",
                 "missing at the end: the head of the chain names seal " + std::to_string(last),
                 {{"last", std::to_string(last)}}}
            );
        }
        if (last < result_.seals) {
            return broken(
                last + 1,
                {0, "database.chain_tail_inserted", "stands behind the head of the chain: inserted"}
            );
        }
        if (head[0].text(1) != result_.head || head[0].number(2) != result_.entries) {
            return broken(
                last,
                {0,
                 "database.chain_head_differs",
                 "the head of the chain differs from its last seal"}
            );
        }
    }

    /// Entries and mappings that belong to nothing.
    void check_strays() {
        const std::vector<Row> inserted = connection_.query(
            "SELECT e.id FROM audit_entries e LEFT JOIN audit_sealed_entries s ON s.entry = e.id "
            "LEFT JOIN audit_pending p ON p.entry = e.id "
            "WHERE s.entry IS NULL AND p.entry IS NULL ORDER BY e.id LIMIT 1"
        );
        if (!inserted.empty()) {
            return broken(
                0,
                {inserted[0].number(0),
                 "database.chain_entry_inserted",
                 "inserted: no seal covers it and none is due"}
            );
        }
        const std::vector<Row> mapped = connection_.query(
            "SELECT s.entry, s.seal FROM audit_sealed_entries s LEFT JOIN audit_seals n "
            "ON n.number = s.seal WHERE n.number IS NULL ORDER BY s.entry LIMIT 1"
        );
        if (!mapped.empty()) {
            return broken(
                mapped[0].number(1),
                {mapped[0].number(0),
                 "database.chain_seal_unknown",
                 "inserted: there is no such seal"}
            );
        }
        const std::vector<Row> pending = connection_.query(
            "SELECT p.entry FROM audit_pending p LEFT JOIN audit_entries e ON e.id = p.entry "
            "WHERE e.id IS NULL ORDER BY p.entry LIMIT 1"
        );
        if (!pending.empty()) {
            return broken(
                0,
                {pending[0].number(0),
                 "database.chain_pending_missing",
                 "missing before it was sealed"}
            );
        }
    }

    Connection& connection_;
    ports::AuditVerification result_;
};

}  // namespace

ports::AuditVerification verify_chain(Connection& connection) {
    return Walk(connection).run();
}

std::int64_t seal_with(Connection& connection, const std::string& hash) {
    const auto rows = connection.query("SELECT number FROM audit_seals WHERE hash = ?", {hash});
    return rows.empty() ? 0 : rows[0].number(0);
}

}  // namespace jicai::sql
