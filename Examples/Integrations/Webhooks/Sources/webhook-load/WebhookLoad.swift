import Crypto
import FetchCore
import FetchHummingbird
import FetchWebhooks
import Hummingbird
import Logging
import ServiceLifecycle

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Sends as many forged as genuine messages to a receiver on this machine, and reports what they have caused.
///
/// ```sh
/// swift run -c release webhook-load 2000 10
/// ```
///
/// The arguments are the number of messages of each kind in a second, and the number of seconds. Each message is about
/// a job of its own that is waited for, and that its schedule would poll in an hour.
@main struct WebhookLoad {
    static func main() async throws {
        let numbers = CommandLine.arguments.dropFirst().map { Int($0) }
        let rate = numbers.first.flatMap { $0 } ?? 2_000
        let seconds = numbers.dropFirst().first.flatMap { $0 } ?? 10
        let count = rate * seconds
        let (genuine, forged) = (0..<count, count..<2 * count)

        let provider = Provider()
        let client = FetchClient(
            registry: try EndpointRegistry(Clip()),
            transport: provider,
            credentials: .fixed(["example": APIKey("load-key")]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(
                    deadline: .seconds(7_200),
                    minimumGap: .milliseconds(10),
                    maximumGap: .seconds(7_200),
                    schedule: .fixed(.seconds(3_600))
                )
            )
        )
        let source = WebhookSource(
            "example",
            scheme: try StandardWebhooks(
                secrets: ["whsec_" + Message.key.withUnsafeBytes { Data($0).base64EncodedString() }]
            ),
            locator: try JobLocator(endpoint: "example.clip", id: "/id")
        )
        let receiver = WebhookReceiver(client: client)

        let batch = client.batch()
        for job in 0..<2 * count { batch.add(QueuedJob(try JobReference("example.clip:\(job)"))) }
        let ended = Task {
            var ended: Set<String> = []
            for try await outcome in batch {
                ended.insert(outcome.job.id)
                if ended.count == count { break }
            }
            return ended
        }
        while provider.polls(of: 0..<2 * count) < 2 * count { try await Task.sleep(for: .milliseconds(100)) }

        let date = Date()
        let messages = (0..<count).flatMap { job in
            [
                Message(about: genuine.lowerBound + job, isGenuine: true, at: date),
                Message(about: forged.lowerBound + job, isGenuine: false, at: date),
            ]
        }
        let exchanges = try await serve(receiver, source) { port in
            try await Load(messages: messages, rate: 2 * rate, port: port).run()
        }
        // What is late by more than five seconds counts as lost.
        let limit = Task {
            try await Task.sleep(for: .seconds(5))
            batch.drain()
        }
        let found = try await ended.value
        limit.cancel()

        report("genuine", exchanges.filter(\.isGenuine))
        report("forged", exchanges.filter { !$0.isGenuine })
        print("genuine messages whose job wasn't found done: \(genuine.count { !found.contains(String($0)) })")
        print("polls of their jobs: \(provider.polls(of: genuine) - count) after the first one of each")
        print("polls of the jobs of forged messages: \(provider.polls(of: forged) - count) after the first one of each")
    }

    private static func report(_ name: String, _ exchanges: [Load.Exchange]) {
        let times = exchanges.map(\.time).sorted()
        let statuses = Dictionary(grouping: exchanges, by: \.status).mapValues(\.count).sorted { $0.key < $1.key }
            .map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        func milliseconds(_ part: Double) -> String {
            guard !times.isEmpty else { return "-" }
            let time = times[min(Int(Double(times.count) * part), times.count - 1)] / Duration.milliseconds(1)
            return String(Double(Int(time * 10)) / 10)
        }
        print(
            "\(name): \(exchanges.count) messages, status \(statuses),",
            "p50 \(milliseconds(0.5)) ms, p99 \(milliseconds(0.99)) ms, greatest \(milliseconds(1)) ms"
        )
    }

    /// Runs a server while an operation uses its port.
    private static func serve<Result: Sendable>(
        _ receiver: WebhookReceiver,
        _ source: WebhookSource,
        _ operation: @escaping @Sendable (Int) async throws -> Result
    ) async throws -> Result {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "load") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            router: Router().webhook("webhooks/example", from: source, to: receiver),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in continuation.yield(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        let group = ServiceGroup(services: [receiver, application], logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var port = ports.makeAsyncIterator()
            let result = try await operation(await port.next() ?? 0)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }
}
