#include <catalogs/sha256/sha256.h>
#include <sql/pieces.h>
#include <sql/stores.h>

#include <algorithm>

namespace jicai::sql {
namespace {

using ports::StoredRound;

constexpr std::string_view kRound =
    "SELECT id, title, kind, rulebook, stage, opening, owner, region, certificate_digest, "
    "changed_at, version FROM rounds";

StoredRound round_of(const Row& row) {
    StoredRound round;
    round.id = row.text(0);
    round.title = row.text(1);
    round.kind = row.text(2);
    round.rulebook = row.text(3);
    round.stage = static_cast<access::Stage>(row.number(4));
    round.opening = row.text(5);
    round.owner = row.number(6);
    round.region = row.text(7);
    round.certificate_digest = row.text(8);
    round.changed_at = row.moment(9);
    round.version = row.number(10);
    return round;
}

Value owner_of(const StoredRound& round) {
    if (round.owner == 0) return std::nullopt;
    return round.owner;
}

}  // namespace

void SqlRoundStore::add(const StoredRound& round, const std::map<std::string, std::string>& files) {
    insert(
        connection_,
        "INSERT INTO rounds (id, title, kind, rulebook, stage, opening, owner, region, "
        "certificate_digest, changed_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
        {round.id,
         round.title,
         round.kind,
         round.rulebook,
         static_cast<std::int64_t>(round.stage),
         round.opening,
         owner_of(round),
         round.region,
         round.certificate_digest,
         round.changed_at}
    );
    for (const auto& [path, bytes] : files) save_file(round.id, path, bytes);
}

void SqlRoundStore::save_file(
    const std::string& round, const std::string& path, const std::string& bytes
) {
    remove_file(round, path);
    each_piece(bytes, [&](std::int64_t piece, std::string part) {
        connection_.change(
            "INSERT INTO round_files (round, path, piece, bytes) VALUES (?, ?, ?, ?)",
            {round, path, piece, std::move(part)}
        );
    });
}

void SqlRoundStore::remove_file(const std::string& round, const std::string& path) {
    connection_.change("DELETE FROM round_files WHERE round = ? AND path = ?", {round, path});
}

std::string SqlRoundStore::digest_of(
    const std::string& round, const std::string& before, const std::vector<std::string>& paths
) {
    catalogs::Sha256 digest;
    digest.update(before);
    for (const std::string& path : paths) {
        std::string bytes;
        const auto pieces = connection_.query(
            "SELECT bytes FROM round_files WHERE round = ? AND path = ? ORDER BY piece",
            {round, path}
        );
        for (const Row& row : pieces) bytes += row.text(0);
        const std::string size = pieces.empty() ? "absent" : std::to_string(bytes.size());
        digest.update("\n" + path + " " + size + "\n");
        digest.update(bytes);
    }
    return digest.hex();
}

bool SqlRoundStore::save(const StoredRound& round) {
    return connection_.change(
               "UPDATE rounds SET title = ?, kind = ?, rulebook = ?, stage = ?, opening = ?, "
               "owner = ?, region = ?, certificate_digest = ?, changed_at = ?, "
               "version = version + 1 WHERE id = ? AND version = ?",
               {round.title,
                round.kind,
                round.rulebook,
                static_cast<std::int64_t>(round.stage),
                round.opening,
                owner_of(round),
                round.region,
                round.certificate_digest,
                round.changed_at,
                round.id,
                round.version}
           ) == 1;
}

void SqlRoundStore::save_certificate(const std::string& round, const std::string& canonical) {
    connection_.change("DELETE FROM round_certificates WHERE round = ?", {round});
    each_piece(canonical, [&](std::int64_t piece, std::string part) {
        connection_.change(
            "INSERT INTO round_certificates (round, piece, bytes) VALUES (?, ?, ?)",
            {round, piece, std::move(part)}
        );
    });
}

std::optional<StoredRound> SqlRoundStore::round(const std::string& id) {
    const auto rows = connection_.query(std::string(kRound) + " WHERE id = ?", {id});
    if (rows.empty()) return std::nullopt;
    return round_of(rows.front());
}

std::optional<StoredRound> SqlRoundStore::locked(const std::string& id) {
    const auto rows = connection_.query(std::string(kRound) + " WHERE id = ? FOR UPDATE", {id});
    if (rows.empty()) return std::nullopt;
    return round_of(rows.front());
}

std::vector<StoredRound> SqlRoundStore::rounds() {
    std::vector<StoredRound> rounds;
    for (const Row& row : connection_.query(std::string(kRound) + " ORDER BY id")) {
        rounds.push_back(round_of(row));
    }
    return rounds;
}

std::map<std::string, std::string> SqlRoundStore::files(const std::string& round) {
    std::map<std::string, std::string> files;
    for (const Row& row : connection_.query(
             "SELECT path, bytes FROM round_files WHERE round = ? ORDER BY path, piece", {round}
         )) {
        files[row.text(0)] += row.text(1);
    }
    return files;
}

std::string SqlRoundStore::certificate(const std::string& round) {
    std::string canonical;
    for (const Row& row : connection_.query(
             "SELECT bytes FROM round_certificates WHERE round = ? ORDER BY piece", {round}
         )) {
        canonical += row.text(0);
    }
    return canonical;
}

void SqlRoundStore::add(const std::string& round, const ports::Participant& participant) {
    insert(
        connection_,
        "INSERT INTO round_participants (round, kind, code, organisation) VALUES (?, ?, ?, ?)",
        {round, participant.kind, participant.code, participant.organisation}
    );
}

std::vector<ports::Participant> SqlRoundStore::participants(const std::string& round) {
    std::vector<ports::Participant> participants;
    for (const Row& row : connection_.query(
             "SELECT kind, code, organisation FROM round_participants WHERE round = ? "
             "ORDER BY kind, code",
             {round}
         )) {
        participants.push_back({row.text(0), row.text(1), row.number(2)});
    }
    return participants;
}

}  // namespace jicai::sql
