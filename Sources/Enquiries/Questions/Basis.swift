// SPDX-License-Identifier: Apache-2.0

extension Basis {
    public var isProvisional: Bool { !estimates.isEmpty }
}
