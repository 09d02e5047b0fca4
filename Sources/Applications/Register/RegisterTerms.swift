// SPDX-License-Identifier: Apache-2.0

public import ServiceStandards

extension RegisterTerms {
    /// The most names of one kind.
    public static let nameLimit = 200

    /// The terms of a standard for one kind of office, every name of `earlier` in its place; nil if
    /// there are too many names.
    ///
    /// `earlier` may be of another standard, where an office was put under this one during the day.
    public init?(
        _ standard: ServiceStandard, kind: String, keeping earlier: RegisterTerms? = nil
    ) {
        func names(_ known: [String]?, _ more: [String]) -> [String] {
            let known = known ?? []
            return known + more.filter { !known.contains($0) }
        }
        self.init(
            standard: standard.id, kind: kind,
            channels: names(earlier?.channels, standard.channels.map(\.id)),
            groups: names(earlier?.groups, standard.groups.map(\.id)),
            documents: names(earlier?.documents, standard.documents.map(\.id)),
            grounds: names(
                earlier?.grounds, standard.refusals.filter { $0.at == .decision }.map(\.id)))
        let counts = [channels.count, groups.count, documents.count, grounds.count]
        guard counts.allSatisfy({ $0 <= RegisterTerms.nameLimit }) else { return nil }
    }

    /// The same terms with the names of a standard by which something in the register is done; nil if
    /// there are too many.
    func gaining(the standard: ServiceStandard) -> RegisterTerms? {
        RegisterTerms(standard, kind: kind, keeping: self).map { gained in
            RegisterTerms(
                standard: self.standard, kind: kind, channels: gained.channels,
                groups: gained.groups, documents: gained.documents, grounds: gained.grounds)
        }
    }
}

extension [String] {
    /// The place of a name; nil if it is not among them.
    func place(of name: String) -> UInt8? { firstIndex(of: name).map { UInt8($0) } }
}
