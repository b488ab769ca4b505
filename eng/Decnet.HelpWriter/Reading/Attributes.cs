namespace Decnet.HelpWriter.Reading;

using System.Collections.ObjectModel;
using System.Reflection;

/// <summary>Attributes of a member that is read but never run, by the full names of their classes.</summary>
internal static class Attributes
{
    const string Automation = "System.Management.Automation.";

    internal static IEnumerable<CustomAttributeData> Of(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.FullName == $"{Automation}{name}Attribute");

    internal static bool Has(MemberInfo member, string name) => Of(member, name).Any();

    /// <summary>A property set in the attribute, or the given default.</summary>
    internal static T Named<T>(CustomAttributeData attribute, string name, T missing) =>
        attribute.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => argument.TypedValue.Value).FirstOrDefault() is T value
            ? value
            : missing;

    /// <summary>The strings of an attribute whose only argument is a list of them.</summary>
    internal static IReadOnlyList<string> Strings(MemberInfo member, string name) =>
        [.. Of(member, name).SelectMany(Listed).OfType<string>()];

    /// <summary>The values of the list that is the attribute's first argument.</summary>
    internal static IEnumerable<object?> Listed(CustomAttributeData attribute) =>
        attribute.ConstructorArguments is [{ Value: ReadOnlyCollection<CustomAttributeTypedArgument> values }, ..]
            ? values.Select(value => value.Value)
            : attribute.ConstructorArguments.Select(argument => argument.Value);

    internal static IEnumerable<object?> NamedList(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => argument.TypedValue.Value)
            .OfType<ReadOnlyCollection<CustomAttributeTypedArgument>>().SelectMany(values => values.Select(value => value.Value));
}
