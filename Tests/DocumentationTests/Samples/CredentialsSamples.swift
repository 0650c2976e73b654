import FetchCore

/// Samples from Documentation/Security.md and Documentation/RunningInAService.md.
enum CredentialsSamples {
    /// A store of secrets outside of FetchKit.
    protocol Vault: Sendable {
        func secret(named name: String) async throws -> String?
    }

    /// A source of tokens that expire.
    protocol Tokens: Sendable {
        func token(unless refused: String?) async throws -> String
    }

    /// A cache of keys.
    protocol KeyCache: Sendable {
        func remove(_ key: APIKey, of provider: ProviderID) async
        func key(of provider: ProviderID) async throws -> APIKey?
    }

    static func credentials(_ vault: any Vault, _ tokens: any Tokens) -> [Credentials] {
        let fromEnvironment = Credentials.environment
        let fromStore = Credentials.dynamic { provider in
            try await vault.secret(named: provider.rawValue).map { APIKey($0) }
        }
        let combined = Credentials.environment.overriding("kling") { refused in
            APIKey(try await tokens.token(unless: refused?.secret))
        }
        return [fromEnvironment, fromStore, combined]
    }

    static func rotating(_ cache: any KeyCache) -> Credentials {
        let credentials = Credentials.dynamic { provider, refused in
            if let refused { await cache.remove(refused, of: provider) }
            return try await cache.key(of: provider)
        }
        return credentials
    }

    /// A table with the keys of accounts.
    protocol KeyTable: Sendable {
        func key(of account: String?, for provider: String) async throws -> String?
    }

    /// The sample of ``Credentials/accounts(_:)``.
    static func accounts(_ table: any KeyTable) -> Credentials {
        let credentials = Credentials.accounts { account, provider in
            try await table.key(of: account?.rawValue, for: provider.rawValue).map { APIKey($0) }
        }
        return credentials
    }

    /// The sample of ``Credentials``.
    static func documented(_ tokens: any Tokens) -> Credentials {
        let credentials = Credentials.environment.overriding("example") { refused in
            APIKey(try await tokens.token(unless: refused?.secret))
        }
        return credentials
    }
}
