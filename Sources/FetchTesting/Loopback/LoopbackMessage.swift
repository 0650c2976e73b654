import FetchCore

/// The steps that carry out one ``LoopbackResponse`` on a connection.
struct LoopbackMessage {
    enum Step {
        case send([UInt8])
        case sendRepeatedly([UInt8], times: Int)
        case wait(Duration)
        /// Ends the connection. Always the last step.
        case end(LoopbackFault.Ending)
    }

    private(set) var steps: [Step] = []
    private(set) var keepsConnection: Bool

    /// Creates the steps for a response to a request.
    init(_ response: LoopbackResponse, to incoming: LoopbackRequestReader.Incoming) {
        keepsConnection = false
        if response.delay > .zero { steps.append(.wait(response.delay)) }
        switch (response.fault?.kind, response.content) {
        case (.end(let ending, .onAccept), _), (.end(let ending, .afterRequest), _): steps.append(.end(ending))
        case (_, .bytes(let bytes)): steps.append(.send(bytes))
        case (let fault, .response(let response)): add(response, fault, incoming)
        }
    }

    /// Creates the steps that reject a malformed or oversized request.
    init(refusing refusal: LoopbackRequestReader.Refusal) {
        keepsConnection = false
        steps = [.send(EncodedResponse(refusing: refusal).bytes)]
    }

    private mutating func add(
        _ original: FetchResponse,
        _ fault: LoopbackFault.Kind?,
        _ incoming: LoopbackRequestReader.Incoming
    ) {
        var response = original
        switch fault {
        case .gzip:
            response.headers["Content-Encoding"] = "gzip"
            response.body = GzipStream.compressed(response.body)
        case .gzipBomb:
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Connection"] = "close"
        case .endless: response.headers["Connection"] = "close"
        default: break
        }
        var message = EncodedResponse(response, to: incoming)
        keepsConnection = message.keepsConnection
        switch fault {
        case nil, .gzip: steps.append(.send(message.bytes))
        case .end(let ending, let moment):
            let count: Int =
                switch moment {
                case .inHead(let bytes): min(max(bytes, 0), message.head.count - 1)
                case .inBody(let bytes): message.head.count + min(max(bytes, 0), max(message.body.count - 1, 0))
                case .onAccept, .afterRequest: 0
                case .afterHead: message.head.count
                }
            steps += [.send(Array(message.bytes.prefix(count))), .end(ending)]
        case .announce(let count):
            if count > message.body.count { keepsConnection = false }
            message.announce(count)
            steps.append(.send(message.bytes))
        case .slow(let bytes, let pause):
            steps.append(.send(message.head))
            for start in stride(from: 0, to: message.body.count, by: bytes) {
                steps += [.wait(pause), .send(Array(message.body[start...].prefix(bytes)))]
            }
        case .precede(let statuses):
            let lines = statuses.map { "HTTP/1.1 \($0) \r\n\r\n" }.joined()
            steps += [.send(Array(lines.utf8)), .send(message.bytes)]
        case .gzipBomb(let bytes):
            message.announce(nil)
            let times = (max(bytes, 1) - 1) / GzipStream.bombCycleBytes + 1
            steps += [
                .send(message.head + GzipStream.bombHead),
                .sendRepeatedly(GzipStream.bombCycle, times: times),
            ]
        case .endless:
            message.announce(nil)
            steps.append(.send(message.head))
            if !message.body.isEmpty { steps.append(.sendRepeatedly(message.body, times: .max)) }
        }
    }
}
