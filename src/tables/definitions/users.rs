//! Users of the directory.
//!
//! Left out are the properties that Graph gives for one user at a time only, and refuses in a
//! collection: aboutMe, birthday, hireDate, interests, mailboxSettings, mySite, pastProjects,
//! preferredName, responsibilities, schools and skills.

use super::columns::{
    ID_LENGTH, at, boolean, composite_key, id, json, safe_key, strings, text, timestamp,
};
use crate::tables::definition::{Collection, DirectoryFilter, Filter, Scope, Table};

const ONLY_EQ: DirectoryFilter = DirectoryFilter {
    eq: true,
    ge: false,
    le: false,
    starts_with: false,
};
const EQ: Filter = Filter::Directory(ONLY_EQ);
const EQ_PREFIX: Filter = Filter::Directory(DirectoryFilter {
    starts_with: true,
    ..ONLY_EQ
});
const EQ_RANGE: Filter = Filter::Directory(DirectoryFilter {
    ge: true,
    le: true,
    ..ONLY_EQ
});
const EQ_GE_PREFIX: Filter = Filter::Directory(DirectoryFilter {
    ge: true,
    starts_with: true,
    ..ONLY_EQ
});
const EQ_LE_PREFIX: Filter = Filter::Directory(DirectoryFilter {
    le: true,
    starts_with: true,
    ..ONLY_EQ
});
const EQ_RANGE_PREFIX: Filter = Filter::Directory(DirectoryFilter {
    ge: true,
    le: true,
    starts_with: true,
    ..ONLY_EQ
});

#[rustfmt::skip] // one line a column reads as the table it is
pub static USERS: Table = Table {
    name: "Users",
    remarks: "People, shared mailboxes and rooms of the directory",
    scope: Scope::Directory,
    collection: Collection::Users,
    columns: &[
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        timestamp(at!(deletedDateTime)).filter(EQ_RANGE).remarks("When the account was deleted"),
        boolean(at!(accountEnabled)).filter(EQ).remarks("Whether the account may sign in"),
        text(at!(ageGroup), 64).filter(EQ).remarks("null, Minor, NotAdult or Adult"),
        json(at!(assignedLicenses)).remarks("Licences, a list; empty for most shared mailboxes"),
        json(at!(assignedPlans)).remarks("Service plans of the licences, a list"),
        strings(at!(businessPhones)).remarks("Telephone numbers at work, at most one"),
        text(at!(city), 256).filter(EQ_GE_PREFIX).remarks("City"),
        text(at!(companyName), 256).remarks("Company"),
        text(at!(country), 128).filter(EQ_RANGE_PREFIX).remarks("Country or region"),
        timestamp(at!(createdDateTime)).filter(EQ_RANGE).remarks("When the account was created"),
        text(at!(creationType), 64).filter(EQ).remarks("How the account came to be; null for ordinary ones"),
        text(at!(department), 256).filter(EQ_RANGE_PREFIX).remarks("Department"),
        text(at!(displayName), 256).filter(EQ_PREFIX).sortable().remarks("Name shown in the address book"),
        timestamp(at!(employeeHireDate)).remarks("When the employee was hired"),
        text(at!(employeeId), 256).filter(EQ_PREFIX).remarks("Employee number"),
        text(at!(employeeType), 256).remarks("Kind of worker, free text"),
        text(at!(externalUserState), 64).remarks("State of a guest's invitation"),
        text(at!(faxNumber), 256).remarks("Fax number"),
        text(at!(givenName), 256).filter(EQ_RANGE_PREFIX).remarks("Given name"),
        json(at!(identities)).remarks("Identities for signing in, a list"),
        strings(at!(imAddresses)).remarks("Addresses for instant messages"),
        boolean(at!(isManagementRestricted)).remarks("Whether only some administrators may change the account"),
        boolean(at!(isResourceAccount)).filter(EQ).remarks("Reserved by Microsoft"),
        text(at!(jobTitle), 256).filter(EQ_RANGE).remarks("Job title"),
        timestamp(at!(lastPasswordChangeDateTime)).remarks("When the password was changed last"),
        text(at!(mail), 320).filter(EQ_RANGE_PREFIX).remarks("Primary SMTP address; null without a mailbox or mail address"),
        text(at!(mailNickname), 256).filter(EQ_RANGE_PREFIX).remarks("Alias"),
        text(at!(mobilePhone), 256).remarks("Mobile telephone number"),
        text(at!(officeLocation), 256).remarks("Office"),
        text(at!(onPremisesDistinguishedName), 2048).remarks("Distinguished name in the local directory"),
        text(at!(onPremisesDomainName), 256).remarks("Domain in the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute1), 256).remarks("Custom attribute 1, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute2), 256).remarks("Custom attribute 2, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute3), 256).remarks("Custom attribute 3, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute4), 256).remarks("Custom attribute 4, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute5), 256).remarks("Custom attribute 5, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute6), 256).remarks("Custom attribute 6, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute7), 256).remarks("Custom attribute 7, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute8), 256).remarks("Custom attribute 8, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute9), 256).remarks("Custom attribute 9, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute10), 256).remarks("Custom attribute 10, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute11), 256).remarks("Custom attribute 11, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute12), 256).remarks("Custom attribute 12, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute13), 256).remarks("Custom attribute 13, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute14), 256).remarks("Custom attribute 14, synchronised from the local directory"),
        text(at!(onPremisesExtensionAttributes / extensionAttribute15), 256).remarks("Custom attribute 15, synchronised from the local directory"),
        text(at!(onPremisesImmutableId), 256).remarks("Link to the account in the local directory"),
        timestamp(at!(onPremisesLastSyncDateTime)).remarks("When it was synchronised last with the local directory"),
        text(at!(onPremisesSamAccountName), 256).remarks("Account name in the local directory"),
        text(at!(onPremisesSecurityIdentifier), 256).filter(EQ).remarks("Security identifier (SID) in the local directory"),
        boolean(at!(onPremisesSyncEnabled)).filter(EQ).remarks("Whether it is synchronised from a local directory"),
        text(at!(onPremisesUserPrincipalName), 320).filter(EQ_RANGE_PREFIX).remarks("User principal name in the local directory"),
        strings(at!(otherMails)).remarks("Further e-mail addresses"),
        text(at!(postalCode), 64).remarks("Postal code"),
        text(at!(preferredDataLocation), 256).remarks("Where the data should be stored"),
        text(at!(preferredLanguage), 64).remarks("Language tag"),
        strings(at!(proxyAddresses)).remarks("All addresses of the mailbox; SMTP: in capitals marks the primary one"),
        text(at!(securityIdentifier), 256).remarks("Security identifier (SID)"),
        boolean(at!(showInAddressList)).remarks("Whether address lists show it"),
        timestamp(at!(signInSessionsValidFromDateTime)).remarks("Sessions that began before this time are not valid"),
        text(at!(state), 256).filter(EQ_RANGE_PREFIX).remarks("State or province"),
        text(at!(streetAddress), 1024).remarks("Street"),
        text(at!(surname), 256).filter(EQ_RANGE_PREFIX).remarks("Surname"),
        text(at!(usageLocation), 8).filter(EQ_RANGE_PREFIX).remarks("Two-letter country of the licences"),
        text(at!(userPrincipalName), 320).filter(EQ_LE_PREFIX).sortable().remarks("Name for signing in"),
        text(at!(userType), 64).filter(EQ).remarks("Member or Guest"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 999,
};
