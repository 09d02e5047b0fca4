// SPDX-License-Identifier: Apache-2.0

import KezekServer
import KezekWeb
import KezekWire
import Texts

/// The listener of `--web`.
enum ServeWeb {
    /// Nil without an address.
    ///
    /// - Throws: that the program was built without it.
    static func listener(
        at address: Endpoint?, hosts: [String], isTLS: Bool
    ) throws -> WebListener? {
        guard let address else { return nil }
        #if Web
        return WebSettings(
            address: address, isTLS: isTLS, hosts: hosts, routes: ConnectRoutes()
        ).listener()
        #else
        throw Wrong.told(
            "\(address): this program was built without HTTP; `swift build --traits Web` builds it with it."
        )
        #endif
    }
}
