#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Keys in environment variables, and the names of the variables.
extension Credentials {
    /// Credentials with the keys in the environment variables of the process.
    ///
    /// The name of a variable is the provider's identifier in uppercase, with underscores in place of dots and hyphens,
    /// followed by `_API_KEY`: `EXAMPLE_API_KEY` for the provider `example`, `EXAMPLE_ENTERPRISE_API_KEY` for
    /// `example.enterprise`. The variables are read once, when this property is accessed.
    public static var environment: Self { environment(ProcessInfo.processInfo.environment) }

    /// Returns credentials with the keys in a dictionary of environment variables.
    ///
    /// Variables of providers that the client has neither registered nor polled have no effect: their values are
    /// neither sent nor redacted in responses.
    ///
    /// - Parameter variables: The variables by name, named as described at ``environment``. Other variables are
    ///   ignored.
    /// - Returns: Credentials whose keys never change.
    public static func environment(_ variables: [String: String]) -> Self {
        let keys = variables.filter { $0.key.hasSuffix(suffix) }.mapValues { CheckedKey(APIKey($0)) }
        return Self(
            KeySource(
                lookup: .known { keys[variable(for: $0)] },
                remedy: { "Set the environment variable \(variable(for: $0)) to the provider's key." }
            )
        )
    }

    private static let suffix = "_API_KEY"

    /// Returns the name of the environment variable for a provider's key.
    public static func variable(for provider: ProviderID) -> String {
        let name = provider.rawValue.utf8.map { ASCII.isLetterOrDigit($0) ? ASCII.uppercased($0) : UInt8(ascii: "_") }
        return String(decoding: name, as: UTF8.self) + suffix
    }
}
