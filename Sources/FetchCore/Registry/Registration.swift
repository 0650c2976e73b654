/// The identity of a registered endpoint, which distinguishes endpoints with equal declarations. Copies of a registry
/// share it.
final class Registration: Sendable, Hashable {
    static func == (one: Registration, other: Registration) -> Bool { one === other }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
