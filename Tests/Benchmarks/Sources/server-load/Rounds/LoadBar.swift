/// A limit for FetchKit over curl beside another client.
struct LoadBar {
    /// A figure of a ``LoadRatio``.
    enum Limit {
        case requestsAtLeast(Double)
        case cpuAtMost(Double)
    }

    var against: ClientName
    var inFlight: Set<Int>
    var limit: Limit

    static let all = [
        Self(against: .libcurl, inFlight: [16, 64], limit: .cpuAtMost(1.5)),
        Self(against: .fetchKitURLSession, inFlight: [16, 64], limit: .requestsAtLeast(6)),
        Self(against: .node, inFlight: [16, 64], limit: .requestsAtLeast(3)),
        Self(against: .go, inFlight: [1], limit: .requestsAtLeast(0.9)),
    ]

    /// Describes the difference, if the ratio is about this bar and misses it.
    func miss(by ratio: LoadRatio) -> String? {
        guard ratio.against == against, inFlight.contains(ratio.inFlight) else { return nil }
        return switch limit {
        case .requestsAtLeast(let least) where ratio.requestsRatio < least: "at least \(least) × the requests"
        case .cpuAtMost(let most) where ratio.cpuRatio > most: "at most \(most) × the CPU time"
        default: nil
        }
    }
}
