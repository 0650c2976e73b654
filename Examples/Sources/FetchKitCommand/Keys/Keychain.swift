#if os(macOS)
    import FetchCore
    import Foundation
    import Security

    /// The keys in the user's keychain: generic passwords of the service `fetchkit`, whose account is the provider.
    enum Keychain {
        private static func query(_ provider: ProviderID) -> [CFString: Any] {
            [
                kSecClass: kSecClassGenericPassword, kSecAttrService: "fetchkit",
                kSecAttrAccount: provider.rawValue,
            ]
        }

        /// Returns the key of a provider. `nil` if there is none, or if access was denied.
        static func key(of provider: ProviderID) -> String? {
            var query = query(provider)
            query[kSecReturnData] = true
            query[kSecMatchLimit] = kSecMatchLimitOne
            var item: CFTypeRef?
            guard SecItemCopyMatching(query as CFDictionary, &item) == errSecSuccess, let data = item as? Data else {
                return nil
            }
            return String(data: data, encoding: .utf8)
        }

        /// Stores the key of a provider, or removes it.
        ///
        /// - Parameters:
        ///   - key: The key. `nil` to remove it.
        ///   - provider: The provider.
        /// - Returns: True if the keychain has changed.
        /// - Throws: ``UsageError`` with the status of the keychain.
        static func set(_ key: String?, of provider: ProviderID) throws -> Bool {
            let removal = SecItemDelete(query(provider) as CFDictionary)
            guard let key else { return removal == errSecSuccess }
            var item = query(provider)
            item[kSecValueData] = Data(key.utf8)
            let status = SecItemAdd(item as CFDictionary, nil)
            guard status == errSecSuccess else { throw UsageError("the keychain refused the key, status \(status).") }
            return true
        }
    }
#endif
