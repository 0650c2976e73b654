import Foundation

/// The App Sandbox of macOS.
enum AppSandbox {
    /// Whether this process runs in it: the system sets the variable for every process that does.
    static let isActive: Bool = {
        #if os(macOS)
            getenv("APP_SANDBOX_CONTAINER_ID") != nil
        #else
            false
        #endif
    }()
}
