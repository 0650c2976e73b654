/// A kind of URL that is polled.
enum MeasuredURL: String, Encodable, CaseIterable {
    case short, long

    /// The id of a job, in a URL of some 40 or 1,500 characters.
    func id(_ number: Int) -> String {
        switch self {
        case .short: "\(number)"
        case .long: String(repeating: "long-", count: 290) + "\(number)"
        }
    }
}
