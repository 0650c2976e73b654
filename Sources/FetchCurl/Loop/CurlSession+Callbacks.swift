import CurlFunctions
import SystemLibrary

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

// libcurl's callbacks.
extension CurlSession {
    private static func at(_ context: UnsafeMutableRawPointer) -> CurlSession {
        Unmanaged<CurlSession>.fromOpaque(context).takeUnretainedValue()
    }

    /// Updates the events that libcurl waits for on a socket.
    func watch(_ descriptor: Int32, for action: Int32, handle: CurlHandle?, of multi: CurlMulti) {
        if action == CurlValue.pollRemove {
            sockets.ignore(descriptor)
            handle?.idleSocket = descriptor
        } else {
            sockets.watch(descriptor, for: action, handle: handle, of: multi)
            handle?.idleSocket = nil
        }
    }

    private func forget(_ descriptor: Int32) {
        watchdog?.forget(descriptor)
        sockets[descriptor]?.multi.unfinished.removeAll { $0 == descriptor }
        sockets.remove(descriptor)
    }

    /// Opens a socket with close-on-exec set.
    static let openSocket: CurlOpenSocketCallback = { context, _, address in
        guard let context, let address = address?.assumingMemoryBound(to: CurlSocketAddress.self) else { return -1 }
        let handle = CurlHandle.at(context)
        handle.watchdog?.exemptCall()
        if let problem = handle.transfer?.problem(of: address) {
            handle.addressProblem = problem
            return -1
        }
        let (family, type) = (address.pointee.family, address.pointee.type)
        #if canImport(Darwin)
            let descriptor = socket(family, type, address.pointee.protocol)
        #elseif canImport(Musl)
            let descriptor = socket(family, type | SOCK_CLOEXEC, address.pointee.protocol)
        #else
            let descriptor = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
        #endif
        guard descriptor >= 0 else {
            // Other errors concern the address, such as IPv6 on a system without it.
            if [EMFILE, ENFILE].contains(errno) { handle.socketError = errno }
            return descriptor
        }
        #if canImport(Darwin)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        #endif
        handle.socketError = nil
        // libcurl 7.88 to 8.1 closes an unconnected socket without calling `closeSocket`, and the system reuses its
        // number.
        handle.multi?.session.forget(descriptor)
        return descriptor
    }

    static let closeSocket: CurlCloseSocketCallback = { context, descriptor in
        if let context { CurlSession.at(context).forget(descriptor) }
        closeDescriptor(descriptor)
        return 0
    }
}
