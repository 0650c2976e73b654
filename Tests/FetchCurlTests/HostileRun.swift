import FetchCore
import FetchCurl
import Foundation
import Synchronization
import TransportPeers

/// A measurement that polls a hostile provider while another provider's jobs reach their deadlines, over one transport.
struct HostileRun {
    /// The maximum delay of a deadline and of a request's timeout.
    private static let bound = TimingBound.atMost(.milliseconds(100))
    /// The maximum duration of another provider's poll. Calls of libcurl for two hostile connections may precede it, on
    /// a loaded machine.
    private static let pollBound = TimingBound.atMost(.milliseconds(400))
    private static let requestTimeout = Duration.milliseconds(600)
    private static let deadline = Duration.milliseconds(100)

    /// The name of the hostile response in reports.
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

    /// Polls the hostile provider with two concurrent requests while deadlines of the other provider pass.
    ///
    /// Reports each delay beyond a bound. Also reports if a third poll fails, to which the peer responds correctly on a
    /// new connection.
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

    /// Polls once and returns a description of the outcome.
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
            configuration: FetchClient.Configuration(policy: policy, responseLimit: 1 << 20)
        )
    }
}

/// A counter of unfinished polls that tasks can share.
private final class PendingPolls: Sendable {
    let count: Atomic<Int>

    init(_ count: Int) { self.count = Atomic(count) }
}
