#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where the keys come from, one for each provider.
///
/// The client asks before every request, so that a key can be rotated while jobs are pending.
public struct Credentials: Sendable {
    private let source: @Sendable (ProviderID) async throws -> APIKey?
    private let remedy: @Sendable (ProviderID) -> String

    /// Whether a key is there without waiting for it.
    let areAtHand: Bool

    private let knownKeys: Set<APIKey>
    private let knownRedaction: KeyRedaction

    private init(
        knownKeys: Set<APIKey> = [],
        areAtHand: Bool = true,
        remedy: @escaping @Sendable (ProviderID) -> String,
        source: @escaping @Sendable (ProviderID) async throws -> APIKey?
    ) {
        self.knownKeys = knownKeys
        self.areAtHand = areAtHand
        knownRedaction = KeyRedaction(knownKeys)
        self.source = source
        self.remedy = remedy
    }

    /// Keys that are known from the start.
    public static func fixed(_ keys: [ProviderID: APIKey]) -> Self {
        Self(
            knownKeys: Set(keys.values),
            remedy: { "Add a key for the provider \($0) to the fixed credentials." },
            source: { keys[$0] }
        )
    }

    /// Keys from environment variables: `EXAMPLE_API_KEY` for the provider `example`,
    /// `EXAMPLE_ENTERPRISE_API_KEY` for `example.enterprise`.
    ///
    /// The variable's name is the provider's in capitals, with underscores for other signs, followed by `_API_KEY`.
    public static var environment: Self { environment(ProcessInfo.processInfo.environment) }

    /// Keys from these environment variables, in place of the process's own.
    public static func environment(_ variables: [String: String]) -> Self {
        let keys = variables.mapValues(APIKey.init)
        return Self(
            knownKeys: Set(keys.filter { $0.key.hasSuffix(suffix) }.values),
            remedy: { "Set the environment variable \(variable(for: $0)) to the provider's key." },
            source: { keys[variable(for: $0)] }
        )
    }

    private static let suffix = "_API_KEY"

    /// The environment variable that holds a provider's key.
    public static func variable(for provider: ProviderID) -> String {
        let words = provider.text.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" }
        return String(words) + suffix
    }

    /// Keys from a function, for a key store, a tenant's own key, or a token that has to be signed anew.
    ///
    /// - Parameter source: Returns the key for a provider, or nil where there is none. It is called before every request
    ///   and may be called from many tasks at once. A ``FetchError`` that it throws ends the fetch as it is; any other
    ///   error becomes ``FetchError/Code/credentialsUnavailable``, which a wait survives like a lost connection.
    ///   It has to end soon after its task is cancelled: a cancelled fetch, or one whose time is over, waits for it.
    public static func dynamic(_ source: @escaping @Sendable (ProviderID) async throws -> APIKey?) -> Self {
        Self(
            areAtHand: false,
            remedy: { "Return a key for the provider \($0) from the credentials function." },
            source: source
        )
    }

    /// No keys, for providers that want none.
    public static var none: Self { fixed([:]) }

    /// Blots out the key that was sent and all that are known from the start: a server that stands in for several
    /// providers may echo any of them.
    func redaction(sending key: APIKey?) -> KeyRedaction {
        guard let key, !knownKeys.contains(key) else { return knownRedaction }
        return KeyRedaction(knownKeys.union([key]))
    }

    /// The key for a provider, checked.
    func key(for provider: ProviderID) async throws -> APIKey {
        guard let key = try await load(provider) else {
            throw FetchError(.missingKey, "there is no key for the provider \(provider)", remedy: remedy(provider))
        }
        if let flaw = key.flaw {
            throw FetchError(
                .malformedKey,
                "the key for the provider \(provider) \(flaw)",
                remedy: remedy(provider)
            )
        }
        return key
    }

    private func load(_ provider: ProviderID) async throws -> APIKey? {
        do {
            return try await source(provider)
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
