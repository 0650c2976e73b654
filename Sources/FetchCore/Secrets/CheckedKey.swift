/// A key with the results of its validation, which takes longer than most look-ups.
struct CheckedKey: Sendable {
    let key: APIKey
    private let problem: String?
    private let problemAsPair: String?

    init(_ key: APIKey) {
        self.key = key
        let common = key.problem
        problem = common ?? key.problem(for: .key)
        problemAsPair = common ?? key.problem(for: .userAndPassword)
    }

    /// Returns the reason why the key can't be used. `nil` if it is valid.
    func problem(for purpose: KeyPurpose) -> String? {
        switch purpose {
        case .key: problem
        case .userAndPassword: problemAsPair
        }
    }
}
