package import FetchCore

/// What becomes of a job, and what else happens to it. It follows from the seed and the job's number alone.
package struct Fate: Sendable, Equatable {
    /// How a job ends.
    package enum Ending: String, CaseIterable, Sendable {
        /// With an output that names the job.
        case output
        /// Without one, in words that name the job.
        case failure
        /// The server never knows it.
        case unknown
        /// The server refuses to tell of it.
        case refusal
        /// Not before it is cancelled.
        case endless
    }

    /// What is done from elsewhere when the job has been asked about so often.
    package enum Interference: Sendable, Equatable {
        /// Somebody has heard that it is ready.
        case wakeUp(request: Int)
        /// Somebody else begins to wait for it, and may think better of it at once.
        case lateComer(request: Int, givesUp: Bool)
        /// It is taken out of its batch.
        case cancellation(request: Int)
        /// It is taken out of its batch so many microseconds after its end is told. Either may win.
        case contest(delay: Int)
    }

    let number: Int
    let family: Family
    package let ending: Ending
    /// How many answers say "processing", or would, before the end is told.
    let pendingAnswers: Int
    let interference: Interference?
    /// The ETA in milliseconds that was given when it was submitted; nil where nothing is known of that.
    let eta: Int?

    init(seed: UInt64, number: Int) {
        var draw = Draw(seed: seed, number)
        self.number = number
        // Every family has its share, and the families of neighbours in number differ.
        family = Family.allCases[number % Family.allCases.count]
        // Most wait for their second turn. So each job is known to the client when the first tenth has ended.
        let pendingAnswers = draw.happens(5) ? 0 : Int.random(in: 1...5, using: &draw)
        switch Int.random(in: 0..<100, using: &draw) {
        case ..<74: ending = .output
        case ..<84: ending = .failure
        case ..<88: ending = .unknown
        case ..<94: ending = .refusal
        default: ending = .endless
        }
        self.pendingAnswers = ending == .unknown ? 0 : pendingAnswers
        let request = Int.random(in: 1...(self.pendingAnswers + 1), using: &draw)
        let givesUp = draw.happens(25)
        let delay = Int.random(in: 0...800, using: &draw)
        switch Int.random(in: 0..<100, using: &draw) {
        case _ where ending == .endless: interference = .cancellation(request: request)
        case ..<8: interference = .wakeUp(request: request)
        case ..<16: interference = .lateComer(request: request, givesUp: givesUp)
        case ..<20: interference = .contest(delay: delay)
        default: interference = nil
        }
        eta = draw.happens(25) ? Int.random(in: 0...80, using: &draw) : nil
    }

    /// Whether the truth about the job is its end, when it is asked about the first, second, … time.
    func isOver(at request: Int) -> Bool { ending != .endless && request > pendingAnswers }

    /// The words that name the job in an answer: `#12.` isn't in what is said of any other.
    var mark: String { "#\(number)." }

    /// The link to the job's output.
    var link: String { "https://files.example.com/\(family.rawValue)/\(number).mp4" }

    /// The job's name.
    package var reference: JobReference {
        get throws { try JobReference(endpoint: EndpointName(family.rawValue), id: family.id(of: number)) }
    }
}
