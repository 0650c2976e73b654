import FetchCore
import FetchCurl
import Foundation
import Synchronization
import TransportPeers

/// A hostile provider that is polled while another provider's jobs run into their deadlines, all over one transport.
struct HostileRun {
    /// The largest delay of a deadline and of a request's timeout.
    private static let bound = Duration.milliseconds(100)
    private static let requestTimeout = Duration.milliseconds(600)
    private static let deadline = Duration.milliseconds(100)

    /// The words for the hostile response in reports.
    let name: String
    let transport: CurlTransport
    let hostile: PeerEndpoint
    /// A provider that never responds.
    let silent: PeerEndpoint

    init(_ name: String, at hostile: URL, silent: URL, over transport: CurlTransport) throws {
        self.name = name
        self.transport = transport
        self.hostile = try PeerEndpoint("hostile", at: hostile)
        self.silent = try PeerEndpoint("silent", at: silent)
    }

    /// Polls the hostile provider twice at once, and meanwhile lets deadlines of the other one pass. Reports what is late.
    func check() async {
        let pending = PendingPolls(2)
        await withTaskGroup(of: Void.self) { group in
            for id in ["a", "b"] {
                group.addTask {
                    await pollOnce(id)
                    pending.count.subtract(1, ordering: .relaxed)
                }
            }
            repeat { await passDeadline() } while pending.count.load(ordering: .relaxed) > 0
        }
    }

    private func pollOnce(_ id: String) async {
        let client = client(PollingPolicy(requestTimeout: Self.requestTimeout))
        let start = ContinuousClock.now
        let outcome: String
        do {
            outcome = "\(try await client.fetch(hostile, id: id))"
        } catch {
            outcome = "\(error)"
        }
        let elapsed = ContinuousClock.now - start
        if ProcessInfo.processInfo.environment["PEERS_VERBOSE"] != nil {
            FileHandle.standardError.write(Data("\(name): \(elapsed.inMilliseconds), \(outcome)\n".utf8))
        }
        Violations.expect(
            elapsed <= Self.requestTimeout + Self.bound,
            "\(name): a request with a timeout of \(Self.requestTimeout.inMilliseconds) took \(elapsed.inMilliseconds)"
        )
    }

    private func passDeadline() async {
        let client = client(PollingPolicy(deadline: Self.deadline))
        let start = ContinuousClock.now
        do {
            _ = try await client.result(silent, id: "c")
            Violations.report("\(name): the silent provider responded")
        } catch {
            let late = ContinuousClock.now - start - Self.deadline
            Violations.expect(
                late <= Self.bound,
                "\(name): another provider's deadline was \(late.inMilliseconds) late"
            )
            Violations.expect((error as? FetchError)?.code == .deadlineExceeded, "\(name): \(error)")
        }
    }

    private func client(_ policy: PollingPolicy) -> FetchClient {
        FetchClient(
            transport: transport,
            credentials: .fixed(["hostile": APIKey("sk-canary-hostile"), "silent": APIKey("sk-canary-silent")]),
            policy: policy,
            responseLimit: 1 << 20
        )
    }
}

/// The number of polls that haven't ended.
private final class PendingPolls: Sendable {
    let count: Atomic<Int>

    init(_ count: Int) { self.count = Atomic(count) }
}
