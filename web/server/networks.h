#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jicai::web {

/// Whether the text is an address or a network in CIDR form.
[[nodiscard]] bool is_network(const std::string& cidr);

/// A list of networks in CIDR form ("10.0.0.0/8", "fd00::/8", "192.0.2.7").
class Networks {
public:
    /// \pre is_network of each.
    explicit Networks(const std::vector<std::string>& cidrs);
    ~Networks();
    [[nodiscard]] bool contains(const std::string& address) const;

private:
    struct Network;
    std::vector<std::unique_ptr<Network>> all_;
};

/// The address of who asked. `peer` holds the connection. Where it is one of `proxies`, the last
/// address of X-Forwarded-For that is none of them; what stands left of it, anybody may have
/// written.
[[nodiscard]] std::string true_address(
    const std::string& peer, std::string_view forwarded_for, const Networks& proxies
);

/// 127.0.0.0/8 and ::1.
[[nodiscard]] bool is_loopback(const std::string& address);

}  // namespace jicai::web
