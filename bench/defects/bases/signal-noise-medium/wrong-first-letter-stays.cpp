// Wrong: the first one of the part is never among those replaced.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int k;
    string s;
    cin >> k >> s;
    int n = s.size(), best = 0;
    for (char letter = 'a'; letter <= 'z'; letter++) {
        vector<int> others;
        for (int i = 0; i < n; i++) if (s[i] != letter) others.push_back(i);
        size_t at = 0;
        for (int i = 0; i < n; i++) {
            if (s[i] != letter) continue;
            while (at < others.size() && others[at] < i) at++;
            int end = at + k < others.size() ? others[at + k] : n;
            best = max(best, end - i);
        }
    }
    cout << best << "\n";
}
