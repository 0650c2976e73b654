/// Names that servers, ids and links may hold, and the plain names that they are reduced to. `nil` if nothing remains.
enum HostileNames {
    static let table: [(String, String?)] = [
        // Plain names are kept.
        ("face.png", "face.png"), ("Übung 1.mp4", "Übung 1.mp4"), ("図.webp", "図.webp"), ("a", "a"),
        ("archive.tar.gz", "archive.tar.gz"), ("v1.1.1", "v1.1.1"), ("no extension", "no extension"),
        ("👩‍👩‍👧.png", "👩‍👩‍👧.png"), ("❤️.gif", "❤️.gif"), ("நி.txt", "நி.txt"), ("क्‍ष.txt", "क्‍ष.txt"),
        ("name'with`$shell;&.png", "name'with`$shell;&.png"), ("100%.png", "100%.png"), ("a~b.png", "a~b.png"),
        // Traversal and absolute paths.
        ("../../etc/passwd", "passwd"), ("..\\..\\windows\\win.ini", "win.ini"), ("/etc/passwd", "passwd"),
        ("/etc/cron.d/", "cron.d"), ("C:\\Users\\x\\face.png", "face.png"), ("C:face.png", "C_face.png"),
        ("\\\\server\\share\\x.png", "x.png"), ("..", nil), (".", nil), ("../", nil), ("a/..", nil), ("a\\..", nil),
        ("....", nil), ("./.", nil), ("/", nil), ("\\", nil), ("", nil), ("//", nil), ("..%2f..%2fx", "%2f..%2fx"),
        ("a/../b.png", "b.png"), ("../.ssh/authorized_keys", "authorized_keys"), ("....//....//x.png", "x.png"),
        ("file:///etc/passwd", "passwd"), ("https://example.com/a.png?key=1", "a.png_key=1"),
        // Characters that look like separators or like a dot.
        ("..\u{2215}..\u{2215}x.png", "_.._x.png"), ("a\u{2044}b.png", "a_b.png"), ("a\u{FF0F}b.png", "a_b.png"),
        ("a\u{FF3C}b.png", "a_b.png"), ("a\u{29F8}b.png", "a_b.png"), ("a\u{FF1A}b.png", "a_b.png"),
        ("a\u{2024}png", "a\u{2024}png"),
        // Control characters, and invisible and bidirectional ones.
        ("a\u{0}.png", "a.png"), ("a.png\u{0}.exe", "a.png.exe"), ("a\r\nSet-Cookie_ x.png", "aSet-Cookie_ x.png"),
        ("a\tb.png", "ab.png"), ("\u{1B}[2Ja.png", "[2Ja.png"), ("a\u{7F}b.png", "ab.png"), ("a\u{85}b.png", "ab.png"),
        ("photo\u{202E}gnp.exe", "photognp.exe"), ("\u{2066}a\u{2069}.png", "a.png"), ("a\u{200E}b.png", "ab.png"),
        ("a\u{FEFF}b.png", "ab.png"), ("a\u{200B}b.png", "ab.png"), ("a\u{AD}b.png", "ab.png"),
        ("a\u{2028}b.png", "a b.png"), ("a\u{2029}b.png", "a b.png"), ("a\u{E0041}b.png", "ab.png"),
        ("\u{202E}", nil), ("\u{200B}\u{FEFF}", nil), ("a\u{3164}b.png", "a_b.png"), ("a\u{2800}.png", "a_.png"),
        ("a\u{A0}b.png", "a b.png"), ("a\u{3000}b.png", "a b.png"), ("a\u{E000}b.png", "a_b.png"),
        ("a\u{FFFD}b.png", "a_b.png"), ("a\u{FFFF}b.png", "a_b.png"), ("\u{34F}a.png", "a.png"),
        // Dots, spaces and hyphens at the ends.
        (".htaccess", "htaccess"), ("..hidden.png", "hidden.png"), (" .a.png", "a.png"), ("a.png.", "a.png"),
        ("a.png ", "a.png"), ("a.png . . .", "a.png"), (" a.png", "a.png"), ("   ", nil), (". . .", nil),
        ("-rf.png", "_rf.png"), ("--help", "_-help"), ("~root.png", "_root.png"), ("~", "_"), ("-", "_"),
        // Characters that Windows and other systems refuse.
        ("a<b>c.png", "a_b_c.png"), ("a|b.png", "a_b.png"), ("what?.png", "what_.png"), ("a*.png", "a_.png"),
        ("\"quoted\".png", "_quoted_.png"), ("a.png:stream", "a.png_stream"), ("a.png::$DATA", "a.png__$DATA"),
        // Devices.
        ("CON", "_CON"), ("con.png", "_con.png"), ("NUL.tar.gz", "_NUL.tar.gz"), ("aux .png", "_aux .png"),
        ("COM1", "_COM1"), ("com¹.png", "_com¹.png"), ("LPT9.mp4", "_LPT9.mp4"), ("CONIN$", "_CONIN$"),
        ("COM10.png", "COM10.png"), ("console.png", "console.png"), ("prn", "_prn"), (".nul", "_nul"),
        ("CLOC\u{212A}$", "_CLOCK$"),
        // Doubled extensions.
        ("a.png.png", "a.png"), ("a.PNG.png", "a.PNG"), ("a.png.png.png", "a.png"), ("a.1.1", "a.1.1"),
        (".png.png", "png.png"), ("a.mp4.png", "a.mp4.png"), ("a.png .png", "a.png .png"),
        // Normalization: decomposed characters, and those that compose only after others are removed.
        ("A\u{308}.png", "\u{C4}.png"), ("e\u{200B}\u{301}.png", "\u{E9}.png"), ("\u{212B}.png", "\u{C5}.png"),
        ("\u{1100}\u{1161}.png", "\u{AC00}.png"),
    ]

    /// Names that aren't written out, since they are long.
    static let long = [
        String(repeating: "a", count: 300) + ".png",
        String(repeating: "😀", count: 300) + ".png",
        String(repeating: "é", count: 101),
        "e" + String(repeating: "\u{301}", count: 2_000) + ".png",
        String(repeating: "👩‍👩‍👧‍👦", count: 50) + ".jpeg",
        String(repeating: "a.", count: 5_000),
        String(repeating: "../", count: 5_000) + "x.png",
        String(repeating: "x", count: 199) + " .png",
        String(repeating: "y", count: 196) + ".png.png",
        "z." + String(repeating: "w", count: 1_000),
        String(repeating: "\u{202E}", count: 5_000) + "a.png",
        String(repeating: ".", count: 4_095) + "a",
    ]
}
