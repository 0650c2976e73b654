import FetchCore
import FetchHummingbird
import FetchTesting
import FetchWebhooks
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOPosix
import Testing

/// Messages that arrive through a socket, in real time. The schedule of the client would poll after an hour.
@Suite("Over a socket") struct SocketTests {
    private let polls: AsyncStream<Void>
    private let client: FetchClient
    private let transport: ScriptedTransport
    private let receiver: WebhookReceiver

    init() throws {
        let (polls, continuation) = AsyncStream.makeStream(of: Void.self)
        self.polls = polls
        let pending = ScriptedTransport.Step { _ in
            continuation.yield()
            return .pending
        }
        transport = ScriptedTransport([pending, .response(.done)])
        client = FetchClient(
            registry: try EndpointRegistry(Clip()),
            transport: transport,
            credentials: .fixed(["example": APIKey("test-key")]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(
                    deadline: .seconds(7_200),
                    minimumGap: .zero,
                    maximumGap: .seconds(7_200),
                    schedule: .fixed(.seconds(3_600))
                )
            )
        )
        receiver = WebhookReceiver(client: client)
    }

    private func application() throws -> some ApplicationProtocol {
        Application(
            router: Router().webhook("webhooks/example", from: try TestSender.source(), to: receiver),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private func post(_ request: WebhookRequest, _ client: any TestClientProtocol) async throws -> Int {
        try await client.execute(
            uri: "/webhooks/example",
            method: .post,
            headers: request.httpFields,
            body: ByteBuffer(bytes: request.body)
        ).status.code
    }

    @Test func `forged messages and replays wake nothing, and a genuine one ends the wait`() async throws {
        let job = try JobReference("example.clip:1")
        try await application().test(.live) { [client, polls, transport, receiver] http async throws -> Void in
            async let output = client.result(job)
            var poll = polls.makeAsyncIterator()
            _ = await poll.next()
            for number in 0..<20 {
                #expect(try await post(TestSender.forger.message("m\(number)", at: Date()), http) == 401)
            }
            #expect(transport.requests.count == 1)
            let genuine = TestSender.genuine.message("m1", at: Date())
            #expect(try await post(genuine, http) == 204)
            #expect(try await output as? String == "1")
            #expect(try await post(genuine, http) == 204)
            #expect(transport.requests.count == 2)
            #expect(receiver.statistics.woken == 1)
            #expect(receiver.statistics.replayed == 1)
            #expect(receiver.statistics.refused == [.wrongSignature: 20])
        }
    }

    @Test func `a body that is too large gets 413`() async throws {
        try await application().test(.live) { [receiver] http async throws -> Void in
            let body = #"{"id":"1","x":""# + String(repeating: "x", count: 1 << 20) + "\"}"
            #expect(try await post(TestSender.genuine.message("m1", body, at: Date()), http) == 413)
            #expect(receiver.statistics.tooLarge == 1)
            #expect(receiver.statistics.woken == 0)
        }
    }

    @Test func `a body without a declared length gets 413 as soon as it is too large`() async throws {
        try await application().test(.live) { [receiver] http async throws -> Void in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: http.port ?? 0) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            let status = try await channel.executeThenClose { inbound, outbound in
                let head = "POST /webhooks/example HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                try await outbound.write(ByteBuffer(string: head))
                // The last chunk, which would end the body, isn't sent.
                let chunk = ByteBuffer(string: "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n")
                for _ in 0..<17 { try await outbound.write(chunk) }
                var response = ""
                for try await part in inbound {
                    response += String(buffer: part)
                    if response.contains("\r\n") { break }
                }
                return response.prefix(12)
            }
            #expect(status == "HTTP/1.1 413")
            #expect(receiver.statistics.tooLarge == 1)
        }
    }
}
