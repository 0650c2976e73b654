/// The identity of a registered endpoint that isn't `Hashable`.
final class Registration: Sendable, Hashable {
    static func == (one: Registration, other: Registration) -> Bool { one === other }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
