/// The accounts of a client, by identifier.
///
/// A server may have an account for each of its tenants. So whenever there are twice as many as before, those that
/// neither a client nor a job uses are removed.
struct AccountTable {
    private var accounts: [AccountID: Account] = [:]
    private var limit = 256

    /// The number of accounts.
    var count: Int { accounts.count }

    /// Returns the account of an identifier.
    ///
    /// - Parameters:
    ///   - id: The identifier.
    ///   - create: Creates the account, if there is none.
    /// - Returns: The account, and those that were removed. They are to be released without a lock, since that may run
    ///   code of the application.
    mutating func account(
        _ id: AccountID,
        orCreate create: () -> Account
    ) -> (account: Account, unused: [Account]) {
        if let account = accounts[id] { return (account, []) }
        let unused = accounts.count >= limit ? removeUnused() : []
        let account = create()
        accounts[id] = account
        return (account, unused)
    }

    /// Removes and returns the accounts that nothing else refers to, to be released without a lock.
    mutating func removeUnused() -> [Account] {
        var (used, unused): ([AccountID: Account], [Account]) = ([:], [])
        var index = accounts.startIndex
        while index < accounts.endIndex {
            let isUnused = isKnownUniquelyReferenced(&accounts.values[index])
            let (id, account) = accounts[index]
            if isUnused { unused.append(account) } else { used[id] = account }
            accounts.formIndex(after: &index)
        }
        accounts = used
        limit = max(2 * accounts.count, 256)
        return unused
    }
}
