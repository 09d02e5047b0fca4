// SPDX-License-Identifier: Apache-2.0

#if Web
import CallLimits
public import KezekWire

/// How a server listens for HTTP.
public struct WebSettings: Sendable {
    let address: Endpoint
    let isTLS: Bool
    /// Names besides those of this machine by which the server may be asked for, in small letters.
    let hosts: Set<String>
    let routes: any WebRoutes

    /// `hosts` are names by which the server is asked for, without a port.
    ///
    /// Over TLS without any of them every name is
    /// taken: a page that has another name point here meets a certificate that is not its own.
    public init(
        address: Endpoint, isTLS: Bool, hosts: [String] = [], routes: any WebRoutes = NoRoutes()
    ) {
        self.address = address
        self.isTLS = isTLS
        self.hosts = Set(hosts.map { $0.lowercased() })
        self.routes = routes
    }

    /// Questions of reflection that one stream may ask.
    static let reflectionsOfAStream = 256

    /// Whether a request may ask for this host: in a browser a page of a stranger can have its own name point to this
    /// machine, and then asks in it.
    func takes(host: String?) -> Bool {
        // HTTP/1.0 has none, and no browser speaks that.
        guard let host else { return true }
        let name = Self.name(host)
        if isTLS, hosts.isEmpty { return true }
        if hosts.contains(name) { return true }
        if case .unix = address { return true }
        guard case .tcp(let own, _) = address, address.isLocal else { return false }
        return name == own || Endpoint.tcp(host: name, port: 0).isLocal
    }

    /// Whether a page of this origin may ask: of the hosts above alone.
    func takes(origin: String) -> Bool {
        let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, ["http:", "https:"].contains(parts[0]), parts[1].isEmpty else {
            return false
        }
        let name = Self.name(String(parts[2]))
        if hosts.contains(name) { return true }
        return address.isLocal && Endpoint.tcp(host: name, port: 0).isLocal
    }

    /// A host without its port, in small letters.
    private static func name(_ host: String) -> String {
        let host = host.lowercased()
        if host.hasPrefix("[") { return String(host.dropFirst().prefix { $0 != "]" }) }
        return String(host.prefix { $0 != ":" })
    }
}
#endif
