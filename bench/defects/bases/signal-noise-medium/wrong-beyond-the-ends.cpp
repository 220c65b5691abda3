// Wrong: replacements left over make the part longer than S itself.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int k;
    string s;
    cin >> k >> s;
    int best = 0;
    for (char letter = 'a'; letter <= 'z'; letter++) {
        vector<int> at;
        for (int i = 0; i < (int)s.size(); i++) if (s[i] == letter) at.push_back(i);
        size_t first = 0;
        for (size_t last = 0; last < at.size(); last++) {
            while (at[last] - at[first] - (int)(last - first) > k) first++;
            best = max(best, (int)(last - first) + 1 + k);
        }
    }
    cout << best << "\n";
}
