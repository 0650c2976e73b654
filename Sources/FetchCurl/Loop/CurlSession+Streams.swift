import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Transfers whose body is streamed.
extension CurlSession {
    /// Returns the head of a response to the caller, unless it is an interim response or the head was returned before.
    func deliverHead(of transfer: CurlTransfer, _ handle: CurlHandle) {
        let status = handle.easy.value(of: CurlInfo.responseCode)
        guard status >= 200, let task = transfer.succeed() else { return }
        delivery.add(CurlResponse(status: status, head: handle.response.head, body: Data()), to: task, now: now)
    }

    /// Has the reader of a body resumed when the current call of libcurl has returned.
    func noteReadable(_ body: BodyQueue) {
        if readableBodies.last !== body { readableBodies.append(body) }
    }

    func resumeReaders() {
        guard !readableBodies.isEmpty else { return }
        for body in readableBodies { body.resumeReader() }
        readableBodies.removeAll(keepingCapacity: true)
    }

    /// Continues a paused transfer.
    func resume(_ transfer: CurlTransfer) {
        guard let handle = handle(of: transfer), let multi = handle.multi else { return }
        // libcurl reads the socket in its next timer call, which the watchdog then monitors.
        if let descriptor = handle.idleSocket, !multi.unfinished.contains(descriptor) {
            multi.unfinished.append(descriptor)
        }
        let code = handle.easy.unpause()
        if code != 0 { complete(handle, code: code) }
    }

    func succeed(_ handle: CurlHandle, _ transfer: CurlTransfer, _ body: BodyQueue) {
        transfer.target.lastResponse.store(now, ordering: .relaxed)
        deliverHead(of: transfer, handle)
        body.finish()
        release(handle)
    }
}
