#pragma once

#include <engine/ports/notice_store.h>
#include <sql/connection.h>

namespace jicai::sql {

/// The message centre of one transaction, through its connection.
class SqlNoticeStore final : public ports::NoticeStore {
public:
    explicit SqlNoticeStore(Connection& connection) : connection_(connection) {}
    std::int64_t add(const ports::NewNotice& notice) override;
    std::optional<ports::Notice> notice(std::int64_t id) override;
    ports::Found<ports::ReadNotice> find(const ports::NoticeQuery& query) override;
    ports::NoticeCounts counts(const ports::Reader& reader) override;
    void mark_read(std::int64_t notice, std::int64_t user, ports::Moment at) override;
    bool sign(
        std::int64_t notice, const ports::Reader& reader, const std::string& name, ports::Moment at
    ) override;
    ports::Found<ports::Recipient> recipients(const ports::RecipientQuery& query) override;
    ports::ReceiptCounts receipts(std::int64_t notice) override;
    std::optional<ports::ChannelSettings> channels(std::int64_t user) override;
    bool save(const ports::ChannelSettings& settings) override;
    std::int64_t spread(std::int64_t notices_max, ports::Moment wall) override;
    std::vector<ports::Delivery> due(ports::Moment wall, std::int64_t deliveries_max) override;
    bool hold(const ports::Delivery& delivery, ports::Moment until) override;
    void finish(const ports::Delivery& delivery) override;
    ports::DeliveryCounts deliveries() override;

private:
    ports::Audience audience(std::int64_t notice);
    void spread_one(const ports::Notice& notice, ports::Moment wall);
    Connection& connection_;
};

}  // namespace jicai::sql
