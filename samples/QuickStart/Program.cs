using Decnet.Fleet.Model;
using QuickStart;

var errors = new List<string>();
var arguments = Arguments.Parse(args, errors);
if (arguments.Help)
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

try
{
    if (errors.Count == 0)
    {
        await Tour.RunAsync(arguments);
        return 0;
    }
}
catch (FleetValidationException refused)
{
    errors.AddRange(refused.Errors.Select(error => $"{refused.Subject}: {error}"));
}
catch (DecnetException failure)
{
    errors.Add(failure.Message);
    return Fail(failure is Decnet.Fleet.Building.Ini.FleetIniFileException ? 2 : 1);
}

return Fail(2);

int Fail(int code)
{
    foreach (var error in errors)
    {
        Console.Error.WriteLine(error);
    }

    return code;
}
