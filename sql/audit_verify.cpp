#include <sql/audit_chain.h>

#include <algorithm>
#include <optional>
#include <utility>

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

    void broken(std::int64_t seal, std::int64_t entry, const std::string& what) {
        result_.whole = false;
        result_.broken_seal = seal;
        result_.broken_entry = entry;
        result_.broken = seal == 0 ? "" : "seal " + std::to_string(seal);
        if (entry != 0) {
            result_.broken += (seal == 0 ? "entry " : ", entry ") + std::to_string(entry);
        }
        result_.broken += (result_.broken.empty() ? "" : ": ") + what;
    }

    void check_seal(const Row& row) {
        Seal seal;
        seal.number = row.number(0);
        seal.previous = row.text(1);
        seal.first_entry = row.number(2);
        seal.last_entry = row.number(3);
        const std::int64_t expected = result_.seals + 1;
        if (seal.number != expected) return broken(expected, 0, "the seal is missing");
        if (seal.previous != result_.head) {
            return broken(
                seal.number, 0, "names another seal before it than the one that stands there"
            );
        }
        // The seal's own words first: whoever changed them changed no entry.
        const std::int64_t entries = row.number(4);
        std::optional<std::pair<std::int64_t, std::string>> entry_fault =
            read_entries(seal, entries);
        if (entry_fault) return broken(seal.number, entry_fault->first, entry_fault->second);
        if (hash_of(seal) != row.text(5)) {
            return broken(seal.number, 0, "the seal differs from its hash");
        }
        result_.head = row.text(5);
        result_.seals = seal.number;
        result_.entries += entries;
    }

    /// Fills the hashes of the seal's entries from their texts; the first fault.
    std::optional<std::pair<std::int64_t, std::string>> read_entries(
        Seal& seal, std::int64_t entries
    ) {
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
            for (const Row& row : rows) {
                const std::int64_t id = row.number(14);
                if (row.is_null(0)) return std::pair(id, std::string("the entry is missing"));
                if (row.number(13) != position + 1) {
                    return std::pair(
                        std::int64_t{0},
                        "the entry at place " + std::to_string(position + 1) + " is missing"
                    );
                }
                if (id <= entry_before) {
                    return std::pair(id, std::string("stands in another order than it was sealed"));
                }
                const std::string hash = hash_of(entry_of(row));
                if (hash != row.text(15)) {
                    return std::pair(id, std::string("the text differs from its hash"));
                }
                seal.entry_hashes.push_back(hash);
                ++position;
                entry_before = id;
            }
            if (rows.empty()) break;
        }
        if (position != entries) {
            return std::pair(
                std::int64_t{0},
                "covers " + std::to_string(entries) + " entries, " + std::to_string(position) +
                    " are there"
            );
        }
        return std::nullopt;
    }

    void check_head() {
        const std::vector<Row> head =
            connection_.query("SELECT number, hash, entries FROM audit_head WHERE id = 1");
        if (head.empty()) return broken(result_.seals, 0, "the head of the chain is missing");
        if (head[0].number(0) > result_.seals) {
            return broken(
                result_.seals + 1,
                0,
                "missing at the end: the head of the chain names seal " +
                    std::to_string(head[0].number(0))
            );
        }
        if (head[0].number(0) < result_.seals || head[0].text(1) != result_.head) {
            return broken(
                head[0].number(0) + 1, 0, "stands behind the head of the chain: inserted"
            );
        }
        if (head[0].number(2) != result_.entries) {
            return broken(result_.seals, 0, "the head of the chain counts other entries");
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
            return broken(0, inserted[0].number(0), "inserted: no seal covers it and none is due");
        }
        const std::vector<Row> mapped = connection_.query(
            "SELECT s.entry, s.seal FROM audit_sealed_entries s LEFT JOIN audit_seals n "
            "ON n.number = s.seal WHERE n.number IS NULL ORDER BY s.entry LIMIT 1"
        );
        if (!mapped.empty()) {
            return broken(
                mapped[0].number(1), mapped[0].number(0), "inserted: there is no such seal"
            );
        }
        const std::vector<Row> pending = connection_.query(
            "SELECT p.entry FROM audit_pending p LEFT JOIN audit_entries e ON e.id = p.entry "
            "WHERE e.id IS NULL ORDER BY p.entry LIMIT 1"
        );
        if (!pending.empty()) {
            return broken(0, pending[0].number(0), "missing before it was sealed");
        }
    }

    Connection& connection_;
    ports::AuditVerification result_;
};

}  // namespace

ports::AuditVerification verify_chain(Connection& connection) {
    return Walk(connection).run();
}

}  // namespace jicai::sql
