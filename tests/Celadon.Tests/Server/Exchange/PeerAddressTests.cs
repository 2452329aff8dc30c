using System.Net;
using Celadon.Store;

namespace Celadon.Tests.Server.Exchange;

/// <summary>Where the exchange may call, and where an answer may be asked to go.</summary>
public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("https://footprints.builder.example")]
    [InlineData("https://footprints.builder.example:8443/pact/")]
    public void A_public_name_over_https_may_be_called(string address) =>
        Assert.NotNull(PeerAddress.Read(address));

    [Theory]
    [InlineData("")]
    [InlineData("/3/events")]
    [InlineData("http://footprints.builder.example")]
    [InlineData("ftp://footprints.builder.example")]
    [InlineData("https://localhost")]
    [InlineData("https://intranet/pact")]
    [InlineData("https://printer.local")]
    [InlineData("https://metadata.google.internal/computeMetadata")]
    [InlineData("https://a.localhost")]
    [InlineData("https://127.0.0.1")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::1]")]
    [InlineData("https://[::ffff:127.0.0.1]")]
    [InlineData("https://2130706433")]
    [InlineData("https://0x7f.1")]
    [InlineData("https://0177.0.0.1")]
    [InlineData("https://127.1")]
    [InlineData("https://footprints.builder.example@127.0.0.1")]
    [InlineData("https://user:key@footprints.builder.example")]
    [InlineData("https://footprints.builder.example/a?b=c")]
    [InlineData("https://footprints.builder.example/#a")]
    [InlineData("https://footprints.builder.example\\@inside")]
    [InlineData("https://footprints.builder.example/a%2f..")]
    [InlineData("https://footprints.builder.example./")]
    [InlineData("https://footprints.builder.example\r\nX: y")]
    public void Anything_else_may_not(string address) => Assert.Null(PeerAddress.Read(address));

    /// <summary>The examples of the specification name the door of events without a scheme.</summary>
    [Theory]
    [InlineData("//api.example.com/3/events", "https://api.example.com/")]
    [InlineData("//api.example.com", "https://api.example.com/")]
    [InlineData("https://api.example.com/pact/3/events/", "https://api.example.com/pact")]
    [InlineData("https://api.example.com/pact/", "https://api.example.com/pact")]
    [InlineData("//localhost/3/events", null)]
    [InlineData("//127.0.0.1/3/events", null)]
    [InlineData("//user@api.example.com/3/events", null)]
    [InlineData("http://api.example.com/3/events", null)]
    [InlineData("///3/events", null)]
    [InlineData("//api.example.com/3/events?to=inside", null)]
    [InlineData("urn:celadon:1", null)]
    public void Where_an_event_comes_from_is_read_as_the_specification_writes_it(
        string source, string? address) => Assert.Equal(address, PeerAddress.Source(source)?.ToString());

    [Theory]
    [InlineData("93.184.215.14", true)]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.0.9", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("192.0.0.192", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:93.184.215.14", true)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:7f00:1::", false)]
    public void Only_the_public_network_is_outside(string address, bool isPublic) =>
        Assert.Equal(isPublic, PeerAddress.IsPublic(IPAddress.Parse(address)));
}
