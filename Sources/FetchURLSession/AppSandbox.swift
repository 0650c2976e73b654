import Foundation

/// The App Sandbox of macOS.
enum AppSandbox {
    /// True if this process runs in the sandbox. The system sets the environment variable in every sandboxed process.
    static let isActive: Bool = {
        #if os(macOS)
            getenv("APP_SANDBOX_CONTAINER_ID") != nil
        #else
            false
        #endif
    }()
}
