import Synchronization

/// One iteration of ``FetchUpdates``: asks the scheduler for the next state, and keeps the newest one until it is fetched.
final class UpdatesWaiter: JobWaiter {
    typealias Update = FetchUpdate<any FetchOutput>

    private struct State {
        var ticket: WaitTicket?
        var news: Wait.News?
        var continuation: CheckedContinuation<Wait.News, any Error>?
        var isCancelled = false
        var isOver = false
    }

    private let scheduler: JobScheduler
    private let subscribe: @Sendable (UpdatesWaiter) throws(FetchError) -> (WaitTicket, Wait.News?)
    private let onRetry: (@Sendable (FetchRetry) -> Void)?
    private let state = Mutex(State())

    let waitsForEnd = false

    /// Who is cancelled is about to leave.
    var isFull: Bool { state.withLock(\.isCancelled) }

    /// Prepares an iteration.
    ///
    /// - Parameter subscribe: Adds the wait to the scheduler, when it begins.
    init(
        scheduler: JobScheduler,
        onRetry: (@Sendable (FetchRetry) -> Void)?,
        subscribe: @escaping @Sendable (UpdatesWaiter) throws(FetchError) -> (WaitTicket, Wait.News?)
    ) {
        self.scheduler = scheduler
        self.onRetry = onRetry
        self.subscribe = subscribe
    }

    func next() async throws -> Update? {
        guard !state.withLock(\.isOver) else { return nil }
        do {
            try Task.checkCancellation()
            let ticket = try ticket()
            switch try await news(ticket) {
            case .update(let update):
                if update.state.isTerminal { state.withLock { $0.isOver = true } }
                return update
            case .error(let error): throw error
            case .retry: return nil
            }
        } catch {
            leave()
            throw error
        }
    }

    func receive(_ news: Wait.News, of job: JobReference) {
        if case .retry(let retry) = news {
            onRetry?(retry)
            return
        }
        let continuation = state.withLock { state in
            let continuation = state.continuation.take()
            // Two answers may be told by two threads, and the last one may come first.
            if continuation == nil, state.news?.isEnd != true { state.news = news }
            return continuation
        }
        continuation?.resume(returning: news)
    }

    /// Ends the wait; nothing is asked for its sake any more.
    func leave() {
        let ticket = state.withLock { state in
            state.isOver = true
            return state.ticket.take()
        }
        if let ticket { scheduler.leave(ticket) }
    }

    private func ticket() throws(FetchError) -> WaitTicket {
        if let ticket = state.withLock(\.ticket) { return ticket }
        let (ticket, news) = try subscribe(self)
        state.withLock { state in
            state.ticket = ticket
            // Another wait's answer may have come meanwhile, and is newer.
            state.news = state.news ?? news
        }
        return ticket
    }

    private func news(_ ticket: WaitTicket) async throws -> Wait.News {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (isCancelled, news) = state.withLock { state in
                    let news = state.news.take()
                    if !state.isCancelled, news == nil { state.continuation = continuation }
                    return (state.isCancelled, news)
                }
                if isCancelled { return continuation.resume(throwing: CancellationError()) }
                if let news { return continuation.resume(returning: news) }
                scheduler.demand(ticket)
            }
        } onCancel: {
            let continuation = state.withLock { state in
                state.isCancelled = true
                return state.continuation.take()
            }
            continuation?.resume(throwing: CancellationError())
        }
    }
}
