//! Senders and recipients: the users of the tenant and people elsewhere.

use fastrand::Rng;

use super::options::Options;
use super::zones::ZONES;
use crate::entities::Address;
use crate::entities::ids::guid;
use crate::entities::user::{Purpose, User};

const GIVEN_NAMES: &[&str] = &[
    "Adele", "Alex", "Amira", "Anna", "Ben", "Carlos", "Chloé", "Daniel", "Diego", "Elena", "Emil",
    "Fatima", "Grace", "Hanna", "Hiroshi", "Ines", "Isaac", "Jan", "Johanna", "José", "Kofi",
    "Lars", "Lea", "Li", "Lucía", "Maja", "Marek", "Megan", "Mohammed", "Nadia", "Nils", "Olivia",
    "Paul", "Priya", "Quentin", "Rosa", "Samuel", "Søren", "Tomás", "Ursula", "Victor", "Wei",
    "Yuki", "Zoë",
];

const SURNAMES: &[&str] = &[
    "Adams",
    "Almeida",
    "Andersson",
    "Bauer",
    "Berg",
    "Brown",
    "Chen",
    "Costa",
    "Dubois",
    "Evans",
    "Fischer",
    "García",
    "Haddad",
    "Hansen",
    "Horváth",
    "Ivanova",
    "Jansen",
    "Jones",
    "Kaur",
    "Kowalski",
    "Lindqvist",
    "López",
    "Meyer",
    "Müller",
    "Nakamura",
    "Nguyen",
    "Novák",
    "O'Brien",
    "Okafor",
    "Olsen",
    "Patel",
    "Petrov",
    "Rossi",
    "Sato",
    "Schmidt",
    "Silva",
    "Smith",
    "Tanaka",
    "Vance",
    "Weber",
    "Wilber",
    "Yılmaz",
    "Zhang",
];

const COMPANIES: &[(&str, &str)] = &[
    ("Fabrikam", "fabrikam.example"),
    ("Adventure Works", "adventure-works.example"),
    ("Northwind Traders", "northwind.example"),
    ("Tailspin Toys", "tailspin.example"),
    ("Wide World Importers", "wideworld.example"),
    ("Litware", "litware.example"),
];

const DEPARTMENTS: &[(&str, &str)] = &[
    ("Sales", "Account Manager"),
    ("Engineering", "Developer"),
    ("Finance", "Controller"),
    ("Human Resources", "Recruiter"),
    ("Marketing", "Designer"),
    ("Operations", "Administrator"),
];

const CITIES: &[(&str, &str, &str)] = &[
    ("Berlin", "DE", "de-DE"),
    ("London", "GB", "en-GB"),
    ("Seattle", "US", "en-US"),
    ("São Paulo", "BR", "pt-BR"),
    ("東京", "JP", "ja-JP"),
    ("Kraków", "PL", "pl-PL"),
];

/// Somebody outside the tenant.
#[derive(Clone, Debug)]
pub struct Person {
    pub given_name: &'static str,
    pub surname: &'static str,
    pub company: &'static str,
    pub domain: &'static str,
}

impl Person {
    pub fn new(random: &mut Rng) -> Self {
        let (company, domain) = COMPANIES[random.usize(..COMPANIES.len())];
        Self {
            given_name: GIVEN_NAMES[random.usize(..GIVEN_NAMES.len())],
            surname: SURNAMES[random.usize(..SURNAMES.len())],
            company,
            domain,
        }
    }

    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.surname)
    }

    pub fn address(&self) -> Address {
        let local = local_part(self.given_name, self.surname);
        Address::new(self.name(), format!("{local}@{}", self.domain))
    }
}

/// ASCII letters only, as in most addresses.
fn local_part(given_name: &str, surname: &str) -> String {
    let name = format!("{given_name}.{surname}").to_lowercase();
    let letters = name.chars().filter_map(|letter| match letter {
        'a'..='z' | '.' => Some(letter),
        'á' | 'ã' | 'ä' => Some('a'),
        'é' | 'ë' => Some('e'),
        'í' | 'ı' => Some('i'),
        'ó' | 'ö' | 'ø' => Some('o'),
        'ü' => Some('u'),
        _ => None,
    });
    letters.collect()
}

/// All senders and recipients.
pub struct People {
    pub users: Vec<User>,
    correspondents: Vec<Address>,
}

impl People {
    const CORRESPONDENTS: usize = 300;

    pub fn new(options: &Options) -> Self {
        let total = options.users + options.shared_mailboxes + options.users_without_mailbox;
        let mut users: Vec<User> = Vec::with_capacity(total);
        for number in 0..total {
            let purpose = if number < options.users {
                Purpose::Person
            } else if number < options.users + options.shared_mailboxes {
                Purpose::SharedMailbox
            } else {
                Purpose::Guest
            };
            let mut user = user(options, number, purpose);
            // Names repeat when there are many; addresses and ids must not.
            if users
                .iter()
                .any(|other| other.principal_name == user.principal_name)
            {
                user.principal_name = user.principal_name.replacen('@', &format!("{number}@"), 1);
                user.mail = user.mail.as_ref().map(|_| user.principal_name.clone());
                user.id = id(options, &user.principal_name);
            }
            users.push(user);
        }
        let colleagues = users
            .iter()
            .filter(|user| user.mail.is_some())
            .map(User::address);
        let strangers = (0..Self::CORRESPONDENTS)
            .map(|number| Person::new(&mut options.random("", "correspondent", number)).address());
        Self {
            correspondents: colleagues.chain(strangers).collect(),
            users,
        }
    }

    /// Somebody; some write much more than others.
    pub fn anybody(&self, random: &mut Rng) -> &Address {
        let position = random.f64().powi(3) * self.correspondents.len() as f64;
        &self.correspondents[position as usize]
    }
}

fn id(options: &Options, principal_name: &str) -> String {
    guid(&["user", &options.seed.to_string(), principal_name])
}

fn user(options: &Options, number: usize, purpose: Purpose) -> User {
    let random = &mut options.random("", "user", number);
    let person = Person::new(random);
    let (department, job_title) = DEPARTMENTS[random.usize(..DEPARTMENTS.len())];
    let (city, country, language) = CITIES[random.usize(..CITIES.len())];
    let local = match purpose {
        Purpose::SharedMailbox | Purpose::Room => {
            format!("{}-{number}", department.to_lowercase().replace(' ', "-"))
        }
        Purpose::Guest => format!("{}#EXT#", person.address().address.replace('@', "_")),
        Purpose::Person => local_part(person.given_name, person.surname),
    };
    let principal_name = format!("{local}@{}", options.domain);
    let is_person = purpose == Purpose::Person;
    User {
        id: id(options, &principal_name),
        mail: match purpose {
            Purpose::Guest => Some(person.address().address),
            _ => Some(principal_name.clone()),
        },
        display_name: match purpose {
            Purpose::SharedMailbox | Purpose::Room => format!("{department} mailbox"),
            Purpose::Person | Purpose::Guest => person.name(),
        },
        given_name: is_person.then(|| person.given_name.into()),
        surname: is_person.then(|| person.surname.into()),
        job_title: is_person.then(|| job_title.into()),
        department: is_person.then(|| department.into()),
        company_name: is_person.then(|| "Contoso".into()),
        office_location: is_person
            .then(|| format!("{}/{}", random.u32(1..40), random.u32(1000..4000))),
        business_phones: match is_person {
            true => vec![format!("+49 30 555 {:04}", random.u32(..10_000))],
            false => Vec::new(),
        },
        mobile_phone: (is_person && random.bool())
            .then(|| format!("+49 170 {}", random.u32(1_000_000..10_000_000))),
        city: is_person.then(|| city.into()),
        country: is_person.then(|| country.into()),
        preferred_language: is_person.then(|| language.into()),
        time_zone: ZONES[random.usize(..ZONES.len())].0.into(),
        employee_id: is_person.then(|| (10_000 + number).to_string()),
        other_mails: Vec::new(),
        purpose,
        created: options.moment(random.f64() / 10.0),
        principal_name,
    }
}
