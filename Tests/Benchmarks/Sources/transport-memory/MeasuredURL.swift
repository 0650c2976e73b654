/// The kinds of URLs to poll.
enum MeasuredURL: String, Encodable, CaseIterable {
    case short, long

    /// Returns a job id that makes a URL of about 40 or 1,500 characters.
    func id(_ number: Int) -> String {
        switch self {
        case .short: "\(number)"
        case .long: String(repeating: "long-", count: 290) + "\(number)"
        }
    }
}
