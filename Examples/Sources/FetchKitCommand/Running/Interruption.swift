import Dispatch
import Foundation
import Synchronization

/// The signals that end a command in the regular way: SIGINT, which Ctrl-C sends, and SIGTERM.
enum Interruption {
    /// A source of one signal, which must be kept for as long as the signal is received.
    private final class Source: Sendable {
        private let source: Mutex<any DispatchSourceSignal>

        init(_ number: Int32, _ receive: @escaping @Sendable () -> Void) {
            signal(number, SIG_IGN)
            source = Mutex(DispatchSource.makeSignalSource(signal: number, queue: .global()))
            source.withLock { source in
                source.setEventHandler(handler: receive)
                source.resume()
            }
        }
    }

    private static let sources = Mutex<[Source]>([])

    /// Begins to receive the signals, which from now on don't end the process by themselves.
    ///
    /// - Returns: The exit status for each signal, as the signals come.
    static func signals() -> AsyncStream<ExitStatus> {
        let (stream, continuation) = AsyncStream.makeStream(of: ExitStatus.self)
        for (number, status) in [(SIGINT, ExitStatus.interrupted), (SIGTERM, .terminated)] {
            let source = Source(number) { continuation.yield(status) }
            sources.withLock { $0.append(source) }
        }
        return stream
    }
}
