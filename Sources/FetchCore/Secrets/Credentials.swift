#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The source of the keys, one per provider.
///
/// The client looks the key up before every request, so a key can be rotated while jobs are pending. It sends a key
/// only to the origin and domains of endpoints of the same provider.
///
/// If there is no key for a provider, a request that needs one fails with ``FetchError/Code/missingKey``, and if the
/// key can't be sent, with ``FetchError/Code/malformedKey``. Nothing is sent in both cases, and neither error is
/// retryable.
public struct Credentials: Sendable {
    enum Source: Sendable {
        case known(@Sendable (ProviderID) -> CheckedKey?)
        case dynamic(@Sendable (ProviderID) async throws -> APIKey?)
    }

    /// A key with the result of its validation.
    struct CheckedKey: Sendable {
        let key: APIKey
        let problem: String?

        init(_ key: APIKey) {
            self.key = key
            problem = key.problem
        }
    }

    private let source: Source
    private let remedy: @Sendable (ProviderID) -> String

    /// The redaction of all known keys. Empty for a credentials function.
    private let knownRedaction: KeyRedaction

    init(
        knownKeys: [APIKey],
        remedy: @escaping @Sendable (ProviderID) -> String,
        source: Source
    ) {
        knownRedaction = KeyRedaction(Set(knownKeys))
        self.source = source
        self.remedy = remedy
    }

    /// True if looking up a key doesn't suspend.
    var areImmediatelyAvailable: Bool {
        if case .known = source { true } else { false }
    }

    /// Returns credentials with fixed keys.
    ///
    /// - Parameter keys: The key of each provider.
    /// - Returns: Credentials whose keys never change.
    public static func fixed(_ keys: [ProviderID: APIKey]) -> Self {
        let checkedKeys = keys.mapValues(CheckedKey.init)
        return Self(
            knownKeys: Array(keys.values),
            remedy: { "Add a key for the provider \($0) to the fixed credentials." },
            source: .known { checkedKeys[$0] }
        )
    }

    /// Returns credentials with keys from a function, such as a key store, a tenant's own key, or tokens that expire.
    ///
    /// The function is called before every request, and may be called from many tasks at once. It may suspend but must
    /// not block, since other requests start on the same thread. It has to end soon after its task is cancelled: a
    /// cancelled poll, or one whose time is over, ends after it.
    ///
    /// A ``FetchError`` that the function throws is handled like the error of a request: polling continues if it is
    /// retryable. Any other error is reported as ``FetchError/Code/credentialsUnavailable``, which is retryable and
    /// contains the type of the error only, since its description may contain a secret.
    ///
    /// - Parameter source: Returns the key for a provider, or `nil` if there is none.
    /// - Returns: Credentials that call the function.
    public static func dynamic(_ source: @escaping @Sendable (ProviderID) async throws -> APIKey?) -> Self {
        Self(
            knownKeys: [],
            remedy: { "Return a key for the provider \($0) from the credentials function." },
            source: .dynamic(source)
        )
    }

    /// Credentials without keys, for endpoints whose authorization is ``Authorization/none``.
    public static var none: Self { fixed([:]) }

    /// Returns the redaction for a response: of all fixed keys, or of the key that a function returned for the request.
    ///
    /// All fixed keys are redacted because a proxy for several providers may echo any of them.
    func redaction(sending key: APIKey?) -> KeyRedaction {
        guard case .dynamic = source, let key else { return knownRedaction }
        return KeyRedaction([key])
    }

    /// Returns the key for a provider.
    ///
    /// - Parameter provider: The provider of the endpoint.
    /// - Returns: A key that can be sent.
    /// - Throws: ``FetchError`` if there is no key, if the key can't be sent, or if the credentials function failed;
    ///   `CancellationError` if the task was cancelled.
    func key(for provider: ProviderID) async throws -> APIKey {
        let checked: CheckedKey? =
            switch source {
            case .known(let find): find(provider)
            case .dynamic(let load): try await Self.loaded(for: provider, by: load).map(CheckedKey.init)
            }
        guard let checked else {
            throw FetchError(.missingKey, "there is no key for the provider \(provider)", remedy: remedy(provider))
        }
        if let problem = checked.problem {
            throw FetchError(
                .malformedKey,
                "the key for the provider \(provider) \(problem)",
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
            // A function may throw `CancellationError` although the task isn't cancelled. That counts as a failure.
            try Task.checkCancellation()
            // The description of the error may contain a secret.
            throw FetchError(
                .credentialsUnavailable,
                "the credentials for the provider \(provider) failed with \(type(of: error))"
            )
        }
    }
}

extension Credentials: CustomStringConvertible, CustomReflectable {
    /// The string `Credentials`, without any key.
    public var description: String { "Credentials" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
