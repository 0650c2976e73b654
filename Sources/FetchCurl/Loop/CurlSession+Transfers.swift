import CurlFunctions
import FetchCore
import Synchronization

// The steps of one transfer.
extension CurlSession {
    /// Hands a transfer to libcurl, or queues it until its names are resolved.
    func start(_ transfer: CurlTransfer) {
        guard !transfer.isFinished else { return }
        for name in transfer.target.names {
            let (isKnown, mustResolve) = names.look(up: name.host, for: transfer, now: now)
            if mustResolve { resolve(name.host) }
            guard isKnown else { return }
        }
        let entries: [String]
        do throws(FetchError) { entries = try nameEntries(for: transfer) } catch { return fail(transfer, error) }
        guard let multi = multiForNewTransfers(of: transfer.group), let handle = newHandle(for: transfer) else {
            return fail(transfer, FetchError(.connectionFailed, "libcurl can't allocate memory for a request"))
        }
        handle.prepare(transfer, resolved: entries, now: now)
        wait.noteTransfer()
        guard multi.add(handle) else {
            returnToPool(handle)
            return fail(transfer, FetchError(.connectionFailed, "libcurl can't start a request"))
        }
    }

    private func newHandle(for transfer: CurlTransfer) -> CurlHandle? {
        transfer.group.isStreamed
            ? streamHandles.acquire { makeHandle(at: $0, isStreaming: true) }
            : handles.acquire { makeHandle(at: $0, isStreaming: false) }
    }

    private func makeHandle(at index: Int, isStreaming: Bool) -> CurlHandle? {
        let context = Unmanaged.passUnretained(self).toOpaque()
        return CurlHandle(
            functions,
            configuration,
            index: index,
            isStreaming: isStreaming,
            session: context,
            watchdog: watchdog
        )
    }

    func handle(of transfer: CurlTransfer) -> CurlHandle? {
        transfer.group.isStreamed ? streamHandles.handle(of: transfer) : handles.handle(of: transfer)
    }

    private func returnToPool(_ handle: CurlHandle) {
        if handle.isStreaming { streamHandles.release(handle) } else { handles.release(handle) }
    }

    func complete(_ handle: CurlHandle, code: Int32) {
        guard let transfer = handle.transfer else { return }
        wait.noteTransfer()
        if code == 0, handle.response.isHeadComplete { return succeed(handle, transfer) }
        let isRefused = isRefused(handle, code: code)
        if !isRefused {
            let code = code == 0 ? CurlFailure.partialFile : code
            let failure = CurlFailure(of: handle, code: code, configuration: configuration)
            if failure.isUnreachable { for name in transfer.target.names { names.expire(name.host) } }
            fail(transfer, failure.error(for: transfer))
            // libcurl would only reset the stream.
            if handle.response.excess != nil, !handle.isStreaming {
                retireMultiplexedConnections(to: transfer.target, openedBefore: now)
            }
        }
        release(handle)
        if isRefused { start(transfer) }
    }

    private func succeed(_ handle: CurlHandle, _ transfer: CurlTransfer) {
        keepConnection(of: handle)
        if let body = transfer.body { return succeed(handle, transfer, body) }
        let response = handle.takeResponse()
        transfer.target.lastResponse.store(now, ordering: .relaxed)
        transfer.target.lastBodySize.store(response.body.count, ordering: .relaxed)
        if let task = transfer.succeed() { delivery.add(response, to: task, now: now) }
        // Releases the handle before the task resumes, so that the task and not this thread frees the transfer.
        release(handle)
    }

    /// Returns true if a reused connection failed before any byte of the response: over HTTP/2, as with GOAWAY or when
    /// the connection ended, or when the request was sent. The request is then sent once more, as libcurl itself does
    /// over HTTP/1 if the connection ends.
    private func isRefused(_ handle: CurlHandle, code: Int32) -> Bool {
        guard
            [CurlFailure.http2Error, CurlFailure.sendError, CurlFailure.partialFile].contains(code),
            handle.response.isUntouched,
            handle.easy.value(of: CurlInfo.newConnections) == 0,
            let transfer = handle.transfer
        else { return false }
        return !transfer.isSentAgain.exchange(true, ordering: .relaxed)
    }

    /// Removes a transfer that its caller has cancelled or that has timed out.
    func abandon(_ transfer: CurlTransfer, timedOut: Bool) {
        guard let handle = handle(of: transfer) else { return }
        handle.multi?.remove(handle)
        // libcurl reads the name entries when it starts a transfer, which may not have happened yet.
        if handle.response.isUntouched { for name in transfer.target.names { names.forgetLibrary(name) } }
        if timedOut, !handle.isStreaming { retireSilentConnections(of: handle, to: transfer.target) }
        returnToPool(handle)
    }

    func release(_ handle: CurlHandle) {
        handle.multi?.remove(handle)
        returnToPool(handle)
    }

    /// Ends a transfer with an error, which the caller receives instead of the head, or the reader after the last
    /// chunk.
    func fail(_ transfer: CurlTransfer, _ error: FetchError) {
        if !transfer.finish(throwing: error) { transfer.body?.finish(throwing: error) }
    }
}
