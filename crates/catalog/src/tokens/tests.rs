#![allow(clippy::unwrap_used)]

use jiff::SignedDuration;

use super::*;
use crate::testing::{Town, slug};

fn new(name: &str, department: &str, role: Role) -> NewToken {
    NewToken {
        name: PersonName::parse(name).unwrap(),
        department: slug(department),
        role,
        expires: now() + SignedDuration::from_hours(24),
    }
}

impl Town {
    async fn gives(&self, new: NewToken) -> Result<(Secret, TokenRecord), CatalogError> {
        create(&self.store, &Actor::Operator, new).await
    }

    async fn knows(&self, secret: &Secret) -> Option<Staff> {
        who(&self.store, secret).await.unwrap()
    }
}

#[tokio::test]
async fn a_person_is_known_by_their_token() {
    let town = Town::open().await;
    let (secret, _) = town.gives(new("石巻 太郎", "mihon", Role::Editor)).await.unwrap();
    let staff = Staff { name: "石巻 太郎".to_owned(), department: slug("mihon"), role: Role::Editor };
    assert_eq!(town.knows(&secret).await, Some(staff));
    assert_eq!(town.knows(&Secret::draw().unwrap()).await, None);
}

#[tokio::test]
async fn a_revoked_token_is_nobodys() {
    let town = Town::open().await;
    let (secret, record) = town.gives(new("石巻 太郎", "mihon", Role::Editor)).await.unwrap();
    let revoked = revoke(&town.store, &Actor::Operator, record.id).await.unwrap();
    assert!(revoked.revoked.is_some());
    assert_eq!(town.knows(&secret).await, None);
    assert_eq!(revoke(&town.store, &Actor::Operator, record.id).await.unwrap(), revoked);
    let revocations = audit::latest(&town.store, 10).await.unwrap();
    let revocations = revocations.iter().filter(|entry| entry.action == "revoke-token");
    assert_eq!(revocations.count(), 1);
}

#[tokio::test]
async fn an_expired_token_is_nobodys() {
    let town = Town::open().await;
    let gone = NewToken { expires: now(), ..new("石巻 太郎", "mihon", Role::Editor) };
    let (secret, _) = town.gives(gone).await.unwrap();
    assert_eq!(town.knows(&secret).await, None);
}

#[tokio::test]
async fn a_person_may_have_several_tokens_while_one_replaces_another() {
    let town = Town::open().await;
    let (old, record) = town.gives(new("石巻 太郎", "mihon", Role::Editor)).await.unwrap();
    let (young, _) = town.gives(new("石巻 太郎", "mihon", Role::Editor)).await.unwrap();
    revoke(&town.store, &Actor::Operator, record.id).await.unwrap();
    assert_eq!((town.knows(&old).await, town.knows(&young).await.is_some()), (None, true));
}

#[tokio::test]
async fn a_name_is_one_person_of_one_department() {
    let town = Town::open().await;
    let (_, record) = town.gives(new("石巻 太郎", "mihon", Role::Editor)).await.unwrap();
    let refused = town.gives(new("石巻 太郎", "dx", Role::Editor)).await.unwrap_err();
    assert_eq!(refused.refusal(), Some("name-taken"));
    // 人事異動: once the old department has no use for the name, the new one has.
    revoke(&town.store, &Actor::Operator, record.id).await.unwrap();
    town.gives(new("石巻 太郎", "dx", Role::Editor)).await.unwrap();
}

#[tokio::test]
async fn a_department_that_is_not_there_has_no_staff() {
    let town = Town::open().await;
    let refused = town.gives(new("石巻 太郎", "nowhere", Role::Editor)).await.unwrap_err();
    assert_eq!(refused.refusal(), Some("unknown-word"));
}

#[tokio::test]
async fn only_admins_and_the_operator_manage_tokens() {
    let town = Town::open().await;
    let staff = |role| Actor::Staff(Staff { name: "石巻 太郎".to_owned(), department: slug("dx"), role });
    for low in [Role::Editor, Role::Approver] {
        let refused = create(&town.store, &staff(low), new("A", "dx", Role::Admin)).await.unwrap_err();
        assert_eq!(refused.refusal(), Some("forbidden"));
        assert!(list(&town.store, &staff(low)).await.is_err());
        assert!(revoke(&town.store, &staff(low), 1).await.is_err());
    }
    let (_, record) = create(&town.store, &staff(Role::Admin), new("A", "dx", Role::Editor)).await.unwrap();
    assert_eq!(list(&town.store, &staff(Role::Admin)).await.unwrap(), [record]);
    let entries = audit::latest(&town.store, 10).await.unwrap();
    assert_eq!(entries.len(), 7);
    assert!(entries.iter().all(|entry| entry.who == "石巻 太郎"));
}

#[tokio::test]
async fn neither_the_secret_nor_its_hash_is_in_the_audit() {
    let town = Town::open().await;
    let (secret, _) = town.gives(new("石巻 太郎", "mihon", Role::Editor)).await.unwrap();
    let told = format!("{:?}", audit::latest(&town.store, 10).await.unwrap());
    assert!(told.contains("石巻 太郎"), "{told}");
    assert!(!told.contains(secret.reveal()) && !told.contains(&secret.hash().to_string()));
}
