import NIOCore
import NIOPosix

/// Messages that are sent at fixed times over several connections, whether or not responses are late.
struct Load: Sendable {
    /// The result of one message.
    struct Exchange: Sendable {
        let isGenuine: Bool
        let status: Int
        /// The time from the message's turn to its response. It includes the wait for the connection.
        let time: Duration
    }

    let messages: [Message]
    /// The number of messages in a second.
    let rate: Int
    let port: Int
    var connections = 64

    /// Sends all messages and returns their results.
    func run() async throws -> [Exchange] {
        let beginning = ContinuousClock.now
        return try await withThrowingTaskGroup(of: [Exchange].self) { group in
            for first in 0..<min(connections, messages.count) {
                group.addTask { try await send(from: first, since: beginning) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// Sends every message of one connection in its turn.
    private func send(from first: Int, since beginning: ContinuousClock.Instant) async throws -> [Exchange] {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var responses = inbound.makeAsyncIterator()
            var exchanges: [Exchange] = []
            for number in stride(from: first, to: messages.count, by: connections) {
                let turn = beginning + .seconds(1) * number / rate
                try await Task.sleep(until: turn, tolerance: .zero, clock: .continuous)
                try await outbound.write(ByteBuffer(bytes: messages[number].bytes))
                var response = ""
                while !response.hasSuffix("\r\n\r\n") {
                    guard let part = try await responses.next() else { throw ChannelError.eof }
                    response += String(buffer: part)
                }
                let status = Int(response.dropFirst(9).prefix(3)) ?? 0
                let time = ContinuousClock.now - turn
                exchanges.append(Exchange(isGenuine: messages[number].isGenuine, status: status, time: time))
            }
            return exchanges
        }
    }
}
