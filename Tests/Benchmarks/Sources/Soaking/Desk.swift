package import FetchCore
package import FetchTesting
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The server: tells of each job what its fate is, does wrong in every fifth answer, and keeps books of what it told.
package final class Desk: Sendable {
    package let fates: [Fate]
    private let seed: UInt64
    private let faultPercent: Int
    private let state: Mutex<Books>
    private let meddling: AsyncStream<Fate>.Continuation

    /// The jobs that something is to be done about from elsewhere now, as their fate says.
    let interferences: AsyncStream<Fate>

    package init(jobs: Int, seed: UInt64, faultPercent: Int) {
        self.seed = seed
        self.faultPercent = faultPercent
        fates = (0..<jobs).map { Fate(seed: seed, number: $0) }
        state = Mutex(Books(jobs: jobs))
        (interferences, meddling) = AsyncStream.makeStream()
    }

    var books: Books { state.withLock { $0 } }

    func isEndTold(of job: Int) -> Bool { state.withLock { $0.isEndTold(of: job) } }

    /// Ends the interferences.
    func close() { meddling.finish() }

    /// What the server does with a request.
    package func answer(to request: FetchRequest) -> LoopbackAnswer {
        guard let fate = fate(of: request) else {
            state.withLock { $0.noteStranger() }
            return .json(#"{"status":"error","code":"invalid_api_key"}"#, status: 401)
        }
        let number = state.withLock { $0.noteRequest(for: fate.number) }
        let (fault, answer) = answer(number, of: fate)
        let isTold = fault?.tellsTheTruth ?? true
        let isEndNew = state.withLock { books in
            if let fault { books.note(fault) }
            return isTold && fate.isOver(at: number) && books.noteEnd(of: fate.number)
        }
        if fate.interference?.isDue(at: number, isEnd: isEndNew) == true { meddling.yield(fate) }
        return answer
    }

    /// The answer to the first, second, … request, and what is wrong with it.
    func answer(_ number: Int, of fate: Fate) -> (Fault?, LoopbackAnswer) {
        var draw = Draw(seed: seed, fate.number, number)
        let truth = fate.answer(at: number)
        guard draw.happens(faultPercent), let fault = Fault.allCases.randomElement(using: &draw) else {
            return (nil, .response(truth))
        }
        return (fault, fault.answer(inPlaceOf: truth, &draw))
    }

    /// The job that is asked about properly: in its place, and with the right key.
    private func fate(of request: FetchRequest) -> Fate? {
        let path = request.url.path
        guard
            let number = Int(path.split { !$0.isNumber }.last ?? ""), fates.indices.contains(number),
            fates[number].family.path(of: number) == path,
            key(in: request) == fates[number].family.key
        else { return nil }
        return fates[number]
    }

    private func key(in request: FetchRequest) -> String? {
        if request.method == .get { return request.headers["key"] }
        let fields = request.body.flatMap { try? JSONDecoder().decode([String: String].self, from: $0) }
        return fields?["key"]
    }
}

extension Fate.Interference {
    /// - Parameter isEnd: Whether the job's end is told for the first time.
    fileprivate func isDue(at number: Int, isEnd: Bool) -> Bool {
        switch self {
        case .wakeUp(let request), .lateComer(let request, _), .cancellation(let request): number == request
        case .contest: isEnd
        }
    }
}
