#include <engine/money/check.h>
#include <web/server/networks.h>

#include <Poco/Net/IPAddress.h>

#include <charconv>
#include <optional>

namespace jicai::web {

using Poco::Net::IPAddress;

namespace {

/// An IPv4 address inside an IPv6 one is the IPv4 address.
IPAddress plain(const IPAddress& address) {
    if (!address.isIPv4Mapped()) return address;
    const std::string text = address.toString();
    IPAddress v4;
    return IPAddress::tryParse(text.substr(text.rfind(':') + 1), v4) ? v4 : address;
}

struct Range {
    IPAddress address;
    unsigned prefix = 0;
};

std::optional<Range> read_range(const std::string& cidr) {
    const std::size_t slash = cidr.find('/');
    Range range;
    if (!IPAddress::tryParse(cidr.substr(0, slash), range.address)) return std::nullopt;
    const unsigned bits = range.address.family() == IPAddress::IPv6 ? 128 : 32;
    range.prefix = bits;
    if (slash == std::string::npos) return range;
    const char* const end = cidr.data() + cidr.size();
    const auto [at, error] = std::from_chars(cidr.data() + slash + 1, end, range.prefix);
    if (error != std::errc() || at != end || range.prefix > bits) return std::nullopt;
    return range;
}

}  // namespace

bool is_network(const std::string& cidr) {
    return read_range(cidr).has_value();
}

struct Networks::Network {
    IPAddress address;
    IPAddress mask;
};

Networks::Networks(const std::vector<std::string>& cidrs) {
    for (const std::string& cidr : cidrs) {
        const auto range = read_range(cidr);
        JICAI_CHECK(range);
        const IPAddress mask(range->prefix, range->address.family());
        all_.push_back(std::make_unique<Network>(Network{range->address & mask, mask}));
    }
}

Networks::~Networks() = default;

bool Networks::contains(const std::string& text) const {
    if (all_.empty()) return false;
    IPAddress address;
    if (!IPAddress::tryParse(text, address)) return false;
    address = plain(address);
    for (const auto& network : all_) {
        if (network->address.family() != address.family()) continue;
        if ((address & network->mask) == network->address) return true;
    }
    return false;
}

std::string true_address(
    const std::string& peer, std::string_view forwarded_for, const Networks& proxies
) {
    std::string address = peer;
    while (proxies.contains(address) && !forwarded_for.empty()) {
        const std::size_t comma = forwarded_for.rfind(',');
        const std::size_t from = comma == std::string_view::npos ? 0 : comma + 1;
        std::string_view last = forwarded_for.substr(from);
        forwarded_for = forwarded_for.substr(0, comma == std::string_view::npos ? 0 : comma);
        while (!last.empty() && last.front() == ' ') last.remove_prefix(1);
        while (!last.empty() && last.back() == ' ') last.remove_suffix(1);
        IPAddress parsed;
        if (!IPAddress::tryParse(std::string(last), parsed)) break;
        address = plain(parsed).toString();
    }
    return address;
}

bool is_loopback(const std::string& text) {
    IPAddress address;
    return IPAddress::tryParse(text, address) && plain(address).isLoopback();
}

}  // namespace jicai::web
