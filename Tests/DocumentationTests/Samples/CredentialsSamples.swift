import FetchCore

/// A sample from Documentation/Security.md.
enum CredentialsSamples {
    /// A store of secrets outside of FetchKit.
    protocol Vault: Sendable {
        func secret(named name: String) async throws -> String?
    }

    static func credentials(_ vault: any Vault) -> [Credentials] {
        let fromEnvironment = Credentials.environment
        let fromStore = Credentials.dynamic { provider in
            try await vault.secret(named: provider.rawValue).map { APIKey($0) }
        }
        return [fromEnvironment, fromStore]
    }
}
