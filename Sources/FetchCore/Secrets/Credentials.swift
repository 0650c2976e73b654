#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where the keys come from, one for each provider.
///
/// The client asks before every request, so that a key can be rotated while jobs are pending.
public struct Credentials: Sendable {
    /// Where a key is looked up.
    private enum Source: Sendable {
        case known(@Sendable (ProviderID) -> CheckedKey?)
        case dynamic(@Sendable (ProviderID) async throws -> APIKey?)
    }

    /// A key that is known from the start, and what keeps it from being sent.
    private struct CheckedKey: Sendable {
        let key: APIKey
        let flaw: String?

        init(_ key: APIKey) {
            self.key = key
            flaw = key.flaw
        }
    }

    private let source: Source
    private let remedy: @Sendable (ProviderID) -> String

    /// For all keys that are known from the start.
    private let knownRedaction: KeyRedaction

    private init(
        knownKeys: [APIKey],
        remedy: @escaping @Sendable (ProviderID) -> String,
        source: Source
    ) {
        knownRedaction = KeyRedaction(Set(knownKeys))
        self.source = source
        self.remedy = remedy
    }

    /// Whether a key is there without waiting for it.
    var areAtHand: Bool {
        if case .known = source { true } else { false }
    }

    /// Keys that are known from the start.
    public static func fixed(_ keys: [ProviderID: APIKey]) -> Self {
        let checkedKeys = keys.mapValues(CheckedKey.init)
        return Self(
            knownKeys: Array(keys.values),
            remedy: { "Add a key for the provider \($0) to the fixed credentials." },
            source: .known { checkedKeys[$0] }
        )
    }

    /// Keys from environment variables: `EXAMPLE_API_KEY` for the provider `example`,
    /// `EXAMPLE_ENTERPRISE_API_KEY` for `example.enterprise`.
    ///
    /// The variable's name is the provider's in capitals, with underscores for other signs, followed by `_API_KEY`.
    public static var environment: Self { environment(ProcessInfo.processInfo.environment) }

    /// Keys from these environment variables, in place of the process's own.
    public static func environment(_ variables: [String: String]) -> Self {
        let keys = variables.filter { $0.key.hasSuffix(suffix) }.mapValues { CheckedKey(APIKey($0)) }
        return Self(
            knownKeys: keys.values.map(\.key),
            remedy: { "Set the environment variable \(variable(for: $0)) to the provider's key." },
            source: .known { keys[variable(for: $0)] }
        )
    }

    private static let suffix = "_API_KEY"

    /// The environment variable that holds a provider's key.
    public static func variable(for provider: ProviderID) -> String {
        String(decoding: provider.text.utf8.map(capital), as: UTF8.self) + suffix
    }

    private static func capital(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 0x20
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        default: UInt8(ascii: "_")
        }
    }

    /// Keys from a function, for a key store, a tenant's own key, or a token that has to be signed anew.
    ///
    /// - Parameter source: Returns the key for a provider, or nil where there is none. It is called before every request
    ///   and may be called from many tasks at once. A ``FetchError`` that it throws ends the fetch as it is; any other
    ///   error becomes ``FetchError/Code/credentialsUnavailable``, which a wait survives like a lost connection.
    ///   It suspends and doesn't block, since other requests begin in the same thread.
    ///   It has to end soon after its task is cancelled: a cancelled fetch, or one whose time is over, waits for it.
    public static func dynamic(_ source: @escaping @Sendable (ProviderID) async throws -> APIKey?) -> Self {
        Self(
            knownKeys: [],
            remedy: { "Return a key for the provider \($0) from the credentials function." },
            source: .dynamic(source)
        )
    }

    /// No keys, for providers that want none.
    public static var none: Self { fixed([:]) }

    /// Blots out the key that was sent and all that are known from the start: a server that stands in for several
    /// providers may echo any of them.
    func redaction(sending key: APIKey?) -> KeyRedaction {
        guard case .dynamic = source, let key else { return knownRedaction }
        return KeyRedaction([key])
    }

    /// The key for a provider, checked.
    func key(for provider: ProviderID) async throws -> APIKey {
        let checked: CheckedKey? =
            switch source {
            case .known(let find): find(provider)
            case .dynamic(let load): try await Self.loaded(for: provider, by: load).map(CheckedKey.init)
            }
        guard let checked else {
            throw FetchError(.missingKey, "there is no key for the provider \(provider)", remedy: remedy(provider))
        }
        if let flaw = checked.flaw {
            throw FetchError(
                .malformedKey,
                "the key for the provider \(provider) \(flaw)",
                remedy: remedy(provider)
            )
        }
        return checked.key
    }

    private static func loaded(
        for provider: ProviderID,
        by load: @Sendable (ProviderID) async throws -> APIKey?
    ) async throws -> APIKey? {
        do {
            return try await load(provider)
        } catch let error as FetchError {
            throw error
        } catch {
            // A source that throws CancellationError by itself has failed like any other.
            try Task.checkCancellation()
            // The error's own text may quote whatever the key store said.
            throw FetchError(
                .credentialsUnavailable,
                "the credentials for the provider \(provider) failed with \(type(of: error))"
            )
        }
    }
}

extension Credentials: CustomStringConvertible, CustomReflectable {
    /// `Credentials`, and nothing about the keys.
    public var description: String { "Credentials" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
