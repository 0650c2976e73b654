import FetchCore
import FetchCurl
import Foundation
import Synchronization
import TransportPeers

/// A hostile provider that is polled while another provider's jobs run into their deadlines, all over one transport.
struct HostileRun {
    /// The largest delay of a deadline and of a request's timeout.
    private static let bound = TimingBound.atMost(.milliseconds(100))
    /// The longest time of another provider's poll: calls of libcurl about two hostile connections may be in front of it, on a
    /// machine that has other work.
    private static let pollBound = TimingBound.atMost(.milliseconds(400))
    private static let requestTimeout = Duration.milliseconds(600)
    private static let deadline = Duration.milliseconds(100)

    /// The words for the hostile response in reports.
    let name: String
    let transport: CurlTransport
    let hostile: PeerEndpoint
    /// A provider that never responds.
    let silent: PeerEndpoint
    /// A server that responds at once.
    let good: URL

    init(_ name: String, at hostile: URL, silent: URL, good: URL, over transport: CurlTransport) throws {
        self.good = good
        self.name = name
        self.transport = transport
        self.hostile = try PeerEndpoint("hostile", at: hostile)
        self.silent = try PeerEndpoint("silent", at: silent)
    }

    /// Polls the hostile provider twice at once, and meanwhile lets deadlines of the other one pass. Reports what is late, and
    /// a third poll that fails: the peer is an ordinary server by then, on a new connection.
    func check() async {
        let pending = PendingPolls(2)
        await withTaskGroup(of: Void.self) { group in
            for id in ["a", "b"] {
                group.addTask {
                    await pollOnce(id)
                    pending.count.subtract(1, ordering: .relaxed)
                }
            }
            group.addTask {
                while pending.count.load(ordering: .relaxed) > 0 { await pollGood() }
            }
            repeat { await passDeadline() } while pending.count.load(ordering: .relaxed) > 0
        }
        let outcome = await pollOnce("c")
        Violations.expect(outcome.hasPrefix("pending"), "\(name): afterwards \(outcome)")
    }

    /// Polls and returns the outcome in words.
    @discardableResult
    private func pollOnce(_ id: String) async -> String {
        let client = client(PollingPolicy(requestTimeout: Self.requestTimeout))
        let start = ContinuousClock.now
        let outcome: String
        do {
            outcome = "\(try await client.fetch(hostile, id: id))"
        } catch {
            outcome = "\(error)"
        }
        let elapsed = ContinuousClock.now - start
        Violations.expect(
            elapsed <= Self.requestTimeout + Self.bound,
            "\(name): a request with a timeout of \(Self.requestTimeout.inMilliseconds) took \(elapsed.inMilliseconds)"
        )
        return outcome
    }

    private func pollGood() async {
        let start = ContinuousClock.now
        do {
            _ = try await transport.send(.poll(good))
            let elapsed = ContinuousClock.now - start
            Violations.expect(
                elapsed <= Self.pollBound,
                "\(name): another provider's poll took \(elapsed.inMilliseconds)"
            )
            try await Task.sleep(for: .milliseconds(5))
        } catch {
            Violations.report("\(name): another provider's poll failed: \(error)")
        }
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
