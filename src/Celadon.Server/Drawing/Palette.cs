namespace Celadon.Server.Drawing;

/// <summary>The light colours of tokens.css for drawings that leave the page as a file.</summary>
internal static class Palette
{
    /// <summary>The looks of charts, as parts.css has them, with their colours written out.</summary>
    public const string Standalone = """
        .paper{fill:#fff}
        text{font:12px/1 "Segoe UI","Helvetica Neue","Noto Sans","Noto Sans CJK SC",Arial,sans-serif;fill:#57665f}
        .say,.strong{fill:#17221e}.strong{font-weight:600}
        .halo{paint-order:stroke;stroke:#fff;stroke-width:4px}
        .grid{stroke:#d0dad2}.axis{stroke:#57665f}.tick{stroke:#17221e}.lead{stroke:#57665f;fill:none}
        .s1{fill:#134b3d}.s2{fill:#4b907a}.s3{fill:#a9cbb9;stroke:#3a866f}.track{fill:#e3eae4}
        .above{fill:#bbd6c8}.base{fill:#1d604f}.ln{fill:none;stroke-width:1.75;stroke-linejoin:round}
        .series{stroke:#3a866f}
        .compare{stroke:#57665f;stroke-width:1;stroke-dasharray:4 3}.h-est{fill:#f6e9cd}
        .l-est{stroke:#b2740e;fill:none;stroke-width:1.25}
        .h-unk{fill:#fff}.l-unk{stroke:#6f8398;fill:none;stroke-width:1.25}.est{stroke:#b2740e}
        .unk{stroke:#6f8398}
        .whole{fill:#134b3d}.rise{fill:#33608f}.fall{fill:#4b907a}.flow{fill:#bbd6c8;stroke:#fff}
        .low{fill:#d9e8df}.middle{fill:#e3eae4}.high{fill:#f7e1d9}
        .c1{stroke:#7d5a3c}.c2{stroke:#33608f;stroke-dasharray:7 3}.c3{stroke:#17221e;stroke-dasharray:2 3}
        .c4{stroke:#75506f}
        .rim{stroke:#fff;stroke-width:3}.pixels{image-rendering:pixelated}.edge{stroke:#fff}.narrower{display:none}
        .dot{fill:#fff;stroke:#17221e;stroke-width:1.5}
        .c1f{fill:#7d5a3c}.c2f{fill:#33608f}.c3f{fill:#17221e}.c4f{fill:#75506f}
        """;
}
