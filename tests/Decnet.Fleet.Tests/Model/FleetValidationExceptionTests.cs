namespace Decnet.Fleet.Tests.Model;

using Decnet.Fleet.Model;
using Xunit;

public sealed class FleetValidationExceptionTests
{
    static FleetIssue[] Errors(int count) => [.. Enumerable.Range(1, count).Select(line => FleetIssue.Error("bad", $"fault {line}", line: line))];

    [Fact]
    public void The_message_has_every_error_and_no_warning()
    {
        var error = new FleetValidationException("lab.ini", [FleetIssue.Warning("odd", "hint", line: 1), .. Errors(2)]);
        Assert.Equal($"lab.ini is not valid, 2 errors:{Environment.NewLine}  line 1: error: fault 1{Environment.NewLine}  line 2: error: fault 2", error.Message);
        Assert.Equal((3, 2), (error.Issues.Count, error.Errors.Count));
    }

    [Fact]
    public void The_message_of_countless_errors_stays_readable_and_the_list_complete()
    {
        var error = new FleetValidationException("lab.ini", Errors(20_000));
        Assert.EndsWith("and 19900 more", error.Message, StringComparison.Ordinal);
        Assert.Equal(101, error.Message.Count(c => c == '\n'));
        Assert.Equal(20_000, error.Errors.Count);
    }
}
