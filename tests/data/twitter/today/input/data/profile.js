window.YTD.profile.part0 = [
  {
    "profile" : {
      "description" : { "bio" : "I like to meet.", "website" : "http://annwrites.example.org/", "location" : "Toronto" },
      "avatarMediaUrl" : "https://pbs.example.com/x.jpg"
    }
  }
]
